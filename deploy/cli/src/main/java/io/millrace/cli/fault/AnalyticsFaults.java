package io.millrace.cli.fault;

import static io.millrace.cli.pipeline.PipelineJobs.ANALYTICS;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;

/** What can be done to the analytics of what visitors do. */
final class AnalyticsFaults {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);
    private static final Duration AWAY = Duration.ofSeconds(30);
    private static final Duration RESTART = Duration.ofSeconds(5);
    private static final Duration LOST = Duration.ofSeconds(12);
    private static final Duration HOSTILE = Duration.ofSeconds(10);

    static final FaultList ALL = new FaultList(all());

    private AnalyticsFaults() {}

    private static List<Fault> all() {
        String same = "the job goes on by itself";
        String retained = "the job goes on from its last checkpoint, submitted again with it";
        String waits = "the job waits for it, and goes on by itself";
        return List.of(
                Fault.of(
                                "kill-taskmanager",
                                "kill -9 of a TaskManager: at any time, during a checkpoint, and both at once",
                                same + "; who was told of once is not told of again",
                                AnalyticsFaults::killTaskManagers)
                        .with("job.parallelism", "2"),
                Fault.of(
                        "kill-jobmanager",
                        "kill -9 of the JobManager, which forgets its jobs",
                        retained,
                        scene -> killCluster(scene, List.of(Strikes.JOB_MANAGER))),
                Fault.of(
                        "kill-flink",
                        "kill -9 of the JobManager and both TaskManagers",
                        retained,
                        scene -> killCluster(scene, Strikes.ALL_OF_FLINK)),
                Fault.of(
                        "rescale",
                        "the job stops with a savepoint and goes on from it with another parallelism, 1 to 2 to 1",
                        "what was too late stays so, and nothing is counted twice",
                        AnalyticsFaults::rescale),
                Fault.of(
                        "restart-kafka",
                        "kill -9 of Kafka, which is started again",
                        same,
                        scene -> scene.away("kafka", RESTART)),
                Fault.of(
                        "freeze-kafka",
                        "Kafka is frozen for " + AWAY.toSeconds() + " s",
                        same,
                        scene -> Strikes.freeze(scene, "kafka", AWAY)),
                outage("clickhouse", waits),
                Fault.of(
                                "freeze-clickhouse",
                                "ClickHouse is frozen while it writes, and its answers come too late",
                                "what is written twice counts once",
                                scene -> Strikes.freeze(scene, "clickhouse", LOST))
                        .with("targets.clickhouse.request-timeout", "3 s"),
                outage("redis", waits),
                Fault.of(
                        "wipe-redis",
                        "Redis loses all it holds",
                        "counters are whole a second later, and activity with the next window",
                        AnalyticsFaults::wipe),
                Fault.of(
                                "fill-disk",
                                "the disk under the checkpoints is full for " + Strikes.FULL.toSeconds()
                                        + " s (mounts a small one, so it takes root)",
                                "the job stops at its checkpoints, and goes on by itself",
                                scene -> Strikes.fillDisk(scene, ANALYTICS))
                        .after(SmallDisk::mount),
                Fault.of(
                        "bad-input",
                        "most records are cut off, too deep, too large, of the future or no event, and others have names"
                                + " with quotes, line ends and SQL in them",
                        "each broken record is one dead letter, and every other one is counted",
                        AnalyticsFaults::badInput));
    }

    private static Fault outage(String server, String holds) {
        return Fault.of(
                "stop-" + server,
                "kill -9 of " + server + ", back after " + AWAY.toSeconds() + " s",
                holds,
                scene -> scene.away(server, AWAY));
    }

    private static void killTaskManagers(Scene scene) throws InterruptedException {
        scene.elapse(scene.upTo(LONGEST_WAIT));
        Strikes.kill(scene, any(scene), "at any time");
        // a job that has lost tasks is said to run until Flink notices
        scene.awaitCheckpoint(ANALYTICS);
        String next = any(scene);
        scene.awaitCheckpointInProgress(ANALYTICS);
        Strikes.kill(scene, next, "during a checkpoint");
        scene.awaitRunning();
        scene.awaitCheckpoint(ANALYTICS);
        Strikes.killBothTaskManagers(scene);
    }

    private static String any(Scene scene) {
        List<String> names = scene.taskManagers(ANALYTICS);
        return names.get(scene.random().nextInt(names.size()));
    }

    private static void killCluster(Scene scene, List<String> processes) throws Exception {
        Strikes.killCluster(scene, processes, ready -> {}, ANALYTICS);
    }

    private static void rescale(Scene scene) throws IOException, InterruptedException {
        for (String parallelism : List.of("2", "1")) {
            scene.resume(ANALYTICS, Map.of("job.parallelism", parallelism));
            scene.awaitRunning();
            scene.elapse(LONGEST_WAIT);
        }
    }

    private static void wipe(Scene scene) {
        try (Jedis redis = new Jedis(URI.create(scene.addresses().redisUri()))) {
            redis.flushAll();
        }
        scene.say("wiped redis");
    }

    private static void badInput(Scene scene) throws InterruptedException {
        scene.visitors().letSomeBeHostile();
        scene.say("visitors are hostile");
        scene.elapse(HOSTILE);
    }
}
