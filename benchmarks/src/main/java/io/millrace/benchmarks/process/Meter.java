package io.millrace.benchmarks.process;

import io.millrace.benchmarks.harness.Run;
import java.util.Collection;

/**
 * A look at the clocks.
 *
 * @param nanos of the wall clock
 * @param records that the target holds
 */
public record Meter(long nanos, double pipelineSeconds, double serverSeconds, long records) {

    private static final double NANOS_A_SECOND = 1e9;

    /** What the clocks of processors cannot see. */
    private static final double TICK = 0.01;

    /** Looks at all clocks. */
    public static Meter read(Collection<Long> pipeline, Collection<Long> servers, long records) {
        return new Meter(System.nanoTime(), CpuClock.seconds(pipeline), CpuClock.seconds(servers), records);
    }

    /** Returns what happened from this look to a later one. */
    public Run until(Meter end, String note) {
        return new Run(
                end.records - records,
                (end.nanos - nanos) / NANOS_A_SECOND,
                Math.max(TICK, end.pipelineSeconds - pipelineSeconds),
                Math.max(TICK, end.serverSeconds - serverSeconds),
                "",
                note);
    }
}
