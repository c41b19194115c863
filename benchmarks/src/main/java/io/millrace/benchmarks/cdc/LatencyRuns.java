package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.harness.Run;
import io.millrace.benchmarks.latency.Commits;
import io.millrace.benchmarks.latency.Pacer;
import io.millrace.benchmarks.latency.Schedule;
import io.millrace.benchmarks.latency.Watch;
import io.millrace.benchmarks.process.Drain;
import io.millrace.benchmarks.process.Progress;
import io.millrace.benchmarks.workload.BenchTable;
import io.millrace.cli.CommandFailure;
import java.io.IOException;
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

    /** For whoever watches to connect and to be compiled: a row that is written late because of that is late, too. */
    private static final Duration LEAD = Duration.ofSeconds(3);

    private final Arena arena;
    private final BenchTable table;
    private final Duration length;
    private long next = 1;

    LatencyRuns(Arena arena, Duration length) {
        this.arena = arena;
        this.length = length;
        table = arena.table();
    }

    /**
     * Writes rows as fast as Postgres takes them, and returns how many a second arrive of those that are left then; of a
     * pipeline that has kept up, how many a second were written.
     *
     * @param progress of a target that began empty
     */
    double drainRate(Progress progress) throws Exception {
        int rows = arena.plan().changes() / CHUNK * CHUNK;
        long begun = System.nanoTime();
        for (long end = next + rows; next < end; next += CHUNK) {
            table.insert(next, next + CHUNK - 1);
        }
        double written = rows * 1e9 / (System.nanoTime() - begun);
        long arrived = progress.count();
        Run run = new Drain(0, rows - arrived, PATIENCE)
                .watch(List.of(), List.of(), () -> progress.count() - arrived, () -> true, "");
        if (!run.isValid()) {
            throw new CommandFailure("the drain rate could not be measured: " + run.wrong());
        }
        settle();
        return rows - arrived < rows / 5 ? written : run.rate();
    }

    /** A steady rate leaves no such backlog behind: what the drain has written would come to the disk in its midst. */
    private void settle() throws SQLException, IOException, InterruptedException {
        table.database().execute("VACUUM ANALYZE " + table.name(), "CHECKPOINT");
        int code = new ProcessBuilder("sync").inheritIO().start().waitFor();
        if (code != 0) {
            throw new CommandFailure("`sync` ended with " + code + ": the disk still writes what the drain has left");
        }
    }

    /**
     * Writes rows at a fixed rate.
     *
     * @param watches who watches where they arrive
     * @return by place, what was seen; a place at which rows are missing is void and has a count of fewer
     */
    Map<String, Seen> at(double rate, Function<Commits, List<Watch>> watches)
            throws SQLException, InterruptedException {
        Schedule schedule = Schedule.of(System.nanoTime() + LEAD.toNanos(), next, rate, length);
        next = schedule.firstOf(schedule.ticks());
        Commits commits = new Commits(schedule);
        List<Watch> watching = watches.apply(commits);
        try {
            new Pacer(table, commits).play();
            await(watching);
            Map<String, Seen> seen = new LinkedHashMap<>();
            for (Watch watch : watching) {
                seen.put(watch.place(), new Seen(watch, commits));
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
     * @param watch has ended
     * @param commits of the rows that it has watched
     */
    record Seen(Watch watch, Commits commits) {

        boolean isComplete() {
            return watch.latencies().count() >= watch.expected();
        }
    }
}
