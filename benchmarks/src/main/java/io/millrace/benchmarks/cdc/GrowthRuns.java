package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.harness.Finding;
import io.millrace.benchmarks.harness.Run;
import io.millrace.benchmarks.process.Drain;
import io.millrace.benchmarks.stage.BenchJob;
import io.millrace.benchmarks.stage.RunHooks;
import io.millrace.benchmarks.workload.BenchTable;
import io.millrace.benchmarks.workload.Checksum;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs of our capture over growing work, each compared with the smallest one of its kind. */
final class GrowthRuns {

    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final String HUGE = "transaction";

    private final Arena arena;
    private final List<Step> steps = new ArrayList<>();

    /** One run, named by its kind and size; {@code bytes} is the length of a row's one long column. */
    private record Step(String kind, String size, int bytes, Run run) {

        double rate(boolean inBytes) {
            return inBytes ? run.rate() * bytes : run.rate();
        }
    }

    GrowthRuns(Arena arena) {
        this.arena = arena;
    }

    /** Lets a capture read tables of so many rows each. */
    void snapshot(String kind, String size, int tables, int rows, int noteBytes) throws Exception {
        List<BenchTable> all = IntStream.range(0, tables)
                .mapToObj(number -> new BenchTable(
                        arena.database(),
                        Arena.TABLE + (number == 0 ? "" : "_" + number),
                        noteBytes,
                        arena.plan().seed()))
                .toList();
        Checksum expected = Checksum.EMPTY;
        for (BenchTable table : all) {
            table.create();
            table.insert(1, rows);
            expected = expected.plus(table.checksum());
        }
        List<String> names = all.stream().map(BenchTable::name).toList();
        Target topics = new TopicTarget(names.stream()
                .map(name -> new BenchTopic(arena.addresses().kafkaBootstrap(), BenchTopic.of(name)))
                .toList());
        play(
                kind,
                size,
                noteBytes,
                topics,
                expected,
                new JobFiles(arena).capture(Arena.SLOT, Arena.THREADS, names),
                null);
    }

    /** Lets a capture carry one transaction of so many inserts. */
    void transaction(int changes) throws Exception {
        arena.table().create();
        Target topic = new TopicTarget(List.of(arena.topic()));
        topic.clear();
        new SnapshotSlot(arena).before();
        dropPublication();
        Path config = new JobFiles(arena).capture(Arena.SLOT, 1, List.of(Arena.TABLE));
        String savepoint;
        try (BenchJob job = BenchJob.start(arena, Arena.JOB, config, null)) {
            savepoint = job.savepoint();
        }
        arena.table().insert(1, changes);
        play(
                HUGE,
                changes + " changes",
                BenchTable.USUAL_NOTE,
                topic,
                arena.table().checksum(),
                config,
                savepoint);
    }

    private void play(
            String kind,
            String size,
            int bytes,
            Target target,
            Checksum expected,
            Path config,
            @Nullable String savepoint)
            throws Exception {
        RunHooks hooks = savepoint == null ? anew() : RunHooks.NONE;
        Drain drain = new Drain(0, expected.rows(), PATIENCE);
        try (target) {
            Run run = new JobContender(arena, target, drain, expected, hooks, config, savepoint).run();
            arena.out()
                    .println("  growth of " + kind + ", " + size + ": "
                            + (run.isValid()
                                    ? Math.round(run.rate()) + " records/s; " + run.note()
                                    : "VOID: " + run.wrong()));
            arena.out().flush();
            steps.add(new Step(kind, size, bytes, run));
        }
        new SnapshotSlot(arena).after();
    }

    private RunHooks anew() {
        return new RunHooks() {
            @Override
            public void before() throws SQLException, InterruptedException {
                new SnapshotSlot(arena).before();
                dropPublication();
            }
        };
    }

    private void dropPublication() throws SQLException {
        arena.database().execute("DROP PUBLICATION IF EXISTS " + Arena.PUBLICATION);
    }

    /** Returns a finding for each run since the last call, against the first of them, and forgets them. */
    List<Finding> findings(String unit, boolean inBytes) {
        Step base = steps.get(0);
        List<Finding> findings =
                steps.stream().map(step -> finding(step, base, unit, inBytes)).toList();
        steps.clear();
        return findings;
    }

    private static Finding finding(Step step, Step base, String unit, boolean inBytes) {
        String name = "growth of " + step.kind() + ": " + step.size();
        if (!step.run().isValid() || !base.run().isValid()) {
            return new Finding(
                    name,
                    base.size(),
                    null,
                    null,
                    null,
                    null,
                    unit,
                    "void: " + step.run().wrong());
        }
        double ratio = step.rate(inBytes) / base.rate(inBytes);
        String detail = String.format(
                Locale.ROOT,
                "%.0f records/s, start-up included; %.2f CPU s per million; %s; one run",
                step.run().rate(),
                step.run().pipelinePerMillion(),
                step.run().note());
        return new Finding(name, base.size(), ratio, ratio, ratio, null, unit, detail);
    }
}
