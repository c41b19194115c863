package io.millrace.cli.fault;

import static io.millrace.cli.pipeline.PipelineJobs.ANALYTICS;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What can be done to the analytics of what visitors do. */
final class AnalyticsFaults {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);
    private static final Duration HOSTILE = Duration.ofSeconds(10);

    static final FaultList ALL = new FaultList(all());

    private AnalyticsFaults() {}

    private static List<Fault> all() {
        return List.of(
                Fault.of(
                                "kill-taskmanager",
                                "kill -9 of a TaskManager: at any time, during a checkpoint, and both at once",
                                "the job goes on by itself; who was told of once is not told of again",
                                AnalyticsFaults::killTaskManagers)
                        .with("job.parallelism", "2"),
                Fault.of(
                        "kill-flink",
                        "kill -9 of the JobManager and both TaskManagers",
                        "the job goes on from its last checkpoint, submitted again with it",
                        scene -> Strikes.killCluster(scene, Strikes.ALL_OF_FLINK, ready -> {}, ANALYTICS)),
                Fault.of(
                        "rescale",
                        "the job stops with a savepoint and goes on from it with another parallelism, 1 to 2 to 1",
                        "what was too late stays so, and nothing is counted twice",
                        AnalyticsFaults::rescale),
                Fault.of(
                        "bad-input",
                        "most records are cut off, too deep, too large, of the future or no event, and others have names"
                                + " with quotes, line ends and SQL in them",
                        "each broken record is one dead letter, and every other one is counted",
                        AnalyticsFaults::badInput));
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

    private static void rescale(Scene scene) throws IOException, InterruptedException {
        for (String parallelism : List.of("2", "1")) {
            scene.resume(ANALYTICS, Map.of("job.parallelism", parallelism));
            scene.awaitRunning();
            scene.elapse(LONGEST_WAIT);
        }
    }

    private static void badInput(Scene scene) throws InterruptedException {
        scene.visitors().letSomeBeHostile();
        scene.say("visitors are hostile");
        scene.elapse(HOSTILE);
    }
}
