package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.harness.Run;
import io.millrace.benchmarks.latency.Latencies;
import io.millrace.benchmarks.latency.Pacer;
import io.millrace.benchmarks.latency.Schedule;
import io.millrace.benchmarks.latency.Watch;
import io.millrace.benchmarks.process.Drain;
import io.millrace.benchmarks.process.Progress;
import io.millrace.benchmarks.workload.BenchTable;
import io.millrace.cli.CommandFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Measures a pipeline that runs: first how fast it drains, then its latency at parts of that rate. */
final class LatencyRuns {

    private static final int CHUNK = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LATEST = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration LEAD = Duration.ofMillis(500);

    private final Arena arena;
    private final BenchTable table;
    private final Duration length;
    private long next = 1;

    LatencyRuns(Arena arena, Duration length) {
        this.arena = arena;
        this.length = length;
        table = arena.table();
    }

    /** Writes rows as fast as Postgres takes them, and returns how many a second arrive. */
    double drainRate(Progress progress) throws Exception {
        int rows = arena.plan().changes() / CHUNK * CHUNK;
        for (long end = next + rows; next < end; next += CHUNK) {
            table.insert(next, next + CHUNK - 1);
        }
        Run run = new Drain(rows / 5, rows, PATIENCE).watch(List.of(), List.of(), progress, () -> true, "");
        if (!run.isValid()) {
            throw new CommandFailure("the drain rate could not be measured: " + run.wrong());
        }
        return run.rate();
    }

    /**
     * Writes rows at a fixed rate.
     *
     * @param watches who watches where they arrive
     * @return by place, what was seen; a place at which rows are missing is void and has a count of fewer
     */
    Map<String, Seen> at(double rate, Function<Schedule, List<Watch>> watches)
            throws SQLException, InterruptedException {
        Schedule schedule = Schedule.of(System.nanoTime() + LEAD.toNanos(), next, rate, length);
        next = schedule.firstOf(schedule.ticks());
        List<Watch> watching = watches.apply(schedule);
        try {
            long late = new Pacer(table, schedule).play();
            await(watching);
            Map<String, Seen> seen = new LinkedHashMap<>();
            for (Watch watch : watching) {
                seen.put(watch.place(), new Seen(watch.latencies(), watch.expected(), schedule.rate(), late));
            }
            return seen;
        } finally {
            watching.forEach(Watch::close);
        }
    }

    private static void await(List<Watch> watching) throws InterruptedException {
        long deadline = System.nanoTime() + LATEST.toNanos();
        while (watching.stream().anyMatch(watch -> watch.latencies().count() < watch.expected())
                && System.nanoTime() < deadline) {
            watching.forEach(Watch::requireHealthy);
            Thread.sleep(LOOK.toMillis());
        }
    }

    /**
     * What was seen at one place.
     *
     * @param expected rows
     * @param rate rows a second that were written
     * @param late nanoseconds after its time in which the last commit came
     */
    record Seen(Latencies latencies, long expected, double rate, long late) {

        boolean isComplete() {
            return latencies.count() >= expected;
        }
    }
}
