package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.harness.Finding;
import io.millrace.benchmarks.latency.Commits;
import io.millrace.benchmarks.latency.ProbeWatch;
import io.millrace.benchmarks.latency.TopicWatch;
import io.millrace.benchmarks.latency.Watch;
import io.millrace.benchmarks.process.ChildProcess;
import io.millrace.benchmarks.process.Progress;
import io.millrace.benchmarks.stage.BenchJob;
import io.millrace.local.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * From the moment when a change is due in Postgres to the moment when it can be read in Kafka, and in each target through
 * both jobs, at a quarter, a half and four fifths of the rate at which the same pipeline drains.
 */
final class LatencyCase implements CdcCase {

    private static final List<Integer> SHARES = List.of(25, 50, 80);
    private static final Duration QUICK = Duration.ofSeconds(10);
    private static final Duration FULL = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public Set<Server> servers() {
        return EnumSet.complementOf(EnumSet.of(Server.FLINK));
    }

    @Override
    public List<Finding> play(Arena arena) throws Exception {
        LatencyFindings findings = new LatencyFindings(arena.out());
        Map<Integer, Double> rates = new LinkedHashMap<>();
        try (TopicTarget topic = anew(arena);
                BenchJob capture = capture(arena)) {
            LatencyRuns runs = runs(arena);
            double drain = runs.drainRate(progress(topic));
            for (int share : SHARES) {
                rates.put(share, drain * share / 100);
                findings.add("millrace", share, runs.at(drain * share / 100, commits -> topicWatch(arena, commits)));
            }
            capture.requireHealthy();
        }
        debezium(arena, rates, findings);
        try (TopicTarget topic = anew(arena);
                BenchJob capture = capture(arena)) {
            throughBothJobs(arena, findings);
            capture.requireHealthy();
        }
        return findings.all();
    }

    /** Debezium at the rates that our capture had. */
    private static void debezium(Arena arena, Map<Integer, Double> rates, LatencyFindings findings) throws Exception {
        try (TopicTarget topic = anew(arena)) {
            arena.slots().create(Arena.SLOT);
            try (ChildProcess engine = ChildProcess.start(
                    DebeziumPeer.of(arena, "no_data"), arena.servers().data().log("bench-debezium"))) {
                engine.go();
                LatencyRuns runs = runs(arena);
                runs.drainRate(progress(topic));
                for (Map.Entry<Integer, Double> rate : rates.entrySet()) {
                    findings.add(
                            "debezium", rate.getKey(), runs.at(rate.getValue(), commits -> topicWatch(arena, commits)));
                }
            }
        }
    }

    private static void throughBothJobs(Arena arena, LatencyFindings findings) throws Exception {
        List<SyncTarget> targets = Arrays.asList(SyncTarget.values());
        try (AllTargets all = AllTargets.of(arena, true)) {
            all.clear();
            BenchJob sync = BenchJob.beside(arena, Arena.JOB, new JobFiles(arena).sync(targets));
            LatencyRuns runs = runs(arena);
            double drain = runs.drainRate(all::count);
            for (int share : SHARES) {
                findings.add(
                        "millrace, both jobs",
                        share,
                        runs.at(drain * share / 100, commits -> probes(arena, targets, commits)));
            }
            sync.requireHealthy();
        }
    }

    private static List<Watch> topicWatch(Arena arena, Commits commits) {
        return List.of(TopicWatch.start(
                arena.addresses().kafkaBootstrap(), arena.topic().partitions(), commits));
    }

    private static List<Watch> probes(Arena arena, List<SyncTarget> targets, Commits commits) {
        List<Watch> watches = new ArrayList<>(topicWatch(arena, commits));
        for (SyncTarget target : targets) {
            watches.add(ProbeWatch.start(target.label(), commits, Probes.of(target, arena.addresses())));
        }
        return watches;
    }

    private static LatencyRuns runs(Arena arena) {
        return new LatencyRuns(arena, arena.plan().quick() ? QUICK : FULL);
    }

    private static BenchJob capture(Arena arena) throws Exception {
        BenchJob job = BenchJob.start(
                arena, Arena.JOB, new JobFiles(arena).capture(Arena.SLOT, 1, List.of(Arena.TABLE)), null);
        job.awaitCheckpoints();
        return job;
    }

    /** Empties the table and its topic, and makes the publication, which Debezium is told not to make. */
    private static TopicTarget anew(Arena arena) throws Exception {
        TopicTarget topic = new TopicTarget(List.of(arena.topic()));
        new SnapshotSlot(arena).before();
        arena.table().create();
        arena.database()
                .execute(
                        "DROP PUBLICATION IF EXISTS " + Arena.PUBLICATION,
                        "CREATE PUBLICATION " + Arena.PUBLICATION + " FOR TABLE " + Arena.TABLE);
        topic.clear();
        return topic;
    }

    private static Progress progress(TopicTarget topic) {
        return topic::count;
    }
}
