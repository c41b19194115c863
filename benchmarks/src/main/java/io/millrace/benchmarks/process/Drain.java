package io.millrace.benchmarks.process;

import io.millrace.benchmarks.harness.Run;
import java.time.Duration;
import java.util.Collection;
import java.util.function.BooleanSupplier;

/**
 * Watches a backlog drain. The clocks start with the first look at which the target holds the warm-up's records, and
 * stop with the first at which it holds all. A target that takes its records in lumps may pass both marks at once; then
 * everything counts, from the contender's beginning.
 *
 * @param warmUp records before the clocks start; 0 starts them at once
 * @param total records of the backlog
 * @param patience after which the run is void
 */
public record Drain(long warmUp, long total, Duration patience) {

    private static final Duration LOOK = Duration.ofMillis(20);

    /** A figure with the start of a JVM in it is not to be taken for one without. */
    private static final String IN_LUMPS = "warm-up included: the target took its records in lumps";

    /** Returns the same with a longer warm-up: half of all records. */
    public Drain afterHalf() {
        return new Drain(total / 2, total, patience);
    }

    /** Watches one contender, whose work is due now. */
    public Run watch(
            Collection<Long> pipeline, Collection<Long> servers, Progress progress, BooleanSupplier alive, String note)
            throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        Meter start = Meter.read(pipeline, servers, 0);
        Meter begin = start;
        boolean warm = warmUp == 0;
        long count = 0;
        while (count < total) {
            boolean ended = !alive.getAsBoolean();
            count = progress.count();
            if (!warm && count >= warmUp) {
                begin = Meter.read(pipeline, servers, count);
                warm = true;
            } else if (count < total) {
                if (ended || System.nanoTime() > deadline) {
                    String why = ended ? "it ended" : "it was given up after " + patience.toSeconds() + " s";
                    return begin.until(Meter.read(pipeline, servers, count), note)
                            .voided(why + " with " + count + " of " + total + " records in the target");
                }
                Thread.sleep(LOOK.toMillis());
            }
        }
        boolean inLumps = count - begin.records() < (total - warmUp) / 2;
        Run run = (inLumps ? start : begin).until(Meter.read(pipeline, servers, count), note);
        return inLumps && warmUp > 0 ? run.noting(IN_LUMPS) : run;
    }
}
