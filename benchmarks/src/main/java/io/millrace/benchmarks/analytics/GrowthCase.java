package io.millrace.benchmarks.analytics;

import io.millrace.benchmarks.harness.Finding;
import io.millrace.benchmarks.harness.Run;
import io.millrace.benchmarks.stage.BenchCase;
import io.millrace.local.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The activity of users as there are more of them, with their state on the heap and in RocksDB. Nobody is compared. */
final class GrowthCase implements BenchCase<Scene> {

    private static final int HOURS = 2;

    /** More would not fit into the heap that everybody has. */
    private static final int MOST_EVENTS = 1_000_000;

    private static final List<Integer> USERS = List.of(10_000, 100_000, 1_000_000);
    private static final List<Integer> QUICK_USERS = List.of(10_000, 100_000);

    /** One run, named by what grew and how far. */
    private record Step(String name, String size, Run run) {}

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public Set<Server> servers() {
        return Set.of(Server.KAFKA, Server.CLICKHOUSE, Server.REDIS);
    }

    @Override
    public List<Finding> play(Scene scene) throws Exception {
        List<Finding> findings = new ArrayList<>();
        List<Step> users = new ArrayList<>();
        List<Step> backends = new ArrayList<>();
        scene.warehouse();
        int most = Math.min(MOST_EVENTS, scene.plan().rows());
        for (int count : scene.plan().quick() ? QUICK_USERS : USERS) {
            Work work = prepare(scene, count, most);
            users.add(step(scene, "users", count + " users", JobFile.of(SlidingCase.RESULT), work));
            JobFile rocksdb = JobFile.of(SlidingCase.RESULT).on("rocksdb");
            backends.add(step(scene, "users, RocksDB", count + " users", rocksdb, work));
        }
        findings.addAll(findings(users));
        findings.addAll(findings(backends));
        List<Step> perUser = new ArrayList<>();
        for (int part : List.of(4, 1)) {
            long events = most / part;
            Work work = prepare(scene, USERS.get(0), events);
            perUser.add(step(
                    scene, "events of a user", events / USERS.get(0) + " each", JobFile.of(SlidingCase.RESULT), work));
            if (part == 1) {
                List<Step> parallel = new ArrayList<>();
                for (int parallelism : List.of(1, 2)) {
                    JobFile file = JobFile.of(SlidingCase.RESULT).with(parallelism);
                    parallel.add(step(scene, "parallelism", "parallelism " + parallelism, file, work));
                }
                findings.addAll(findings(parallel));
            }
        }
        findings.addAll(findings(perUser));
        return findings;
    }

    private static Work prepare(Scene scene, int users, long events) throws Exception {
        TimeSpan span = TimeSpan.ofHours(HOURS);
        scene.prepareTopics();
        ActionEvents actions = new ActionEvents(users, span);
        scene.topics().fill(actions, events, span, scene.plan().seed());
        scene.out().println("  growth: " + actions.active().size() + " of " + users + " users are in the last hour");
        return new Work(
                actions.topic(),
                events,
                new ActivityTarget(scene.addresses().redisPort(), actions.expected(), span, events, true));
    }

    private static Step step(Scene scene, String kind, String size, JobFile file, Work work) throws Exception {
        Run run = FlinkContender.ours("millrace", scene, file, work).run();
        String name = "growth of " + kind + ": " + size;
        scene.out()
                .println("  " + name + ": "
                        + (run.isValid()
                                ? Math.round(run.rate()) + " records/s; " + run.note()
                                : "VOID: " + run.wrong()));
        scene.out().flush();
        return new Step(name, size, run);
    }

    private static List<Finding> findings(List<Step> steps) {
        Step base = steps.get(0);
        return steps.stream().map(step -> finding(step, base)).toList();
    }

    private static Finding finding(Step step, Step base) {
        Run run = step.run();
        if (!run.isValid() || !base.run().isValid()) {
            return new Finding(step.name(), base.size(), null, null, null, null, "records/s", "void: " + run.wrong());
        }
        double ratio = run.rate() / base.run().rate();
        String detail = String.format(
                Locale.ROOT,
                "%.0f records/s; %.2f CPU s per million; %s; one run",
                run.rate(),
                run.pipelinePerMillion(),
                run.note());
        return new Finding(step.name(), base.size(), ratio, ratio, ratio, null, "records/s", detail);
    }
}
