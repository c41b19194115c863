package io.millrace.cli.fault;

import static io.millrace.cli.pipeline.PipelineJobs.CAPTURE;
import static io.millrace.cli.pipeline.PipelineJobs.SYNC;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What happens to Flink itself. */
final class FlinkFaults {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

    private FlinkFaults() {}

    static List<Fault> all() {
        String same = "the jobs go on by themselves";
        String retained = "each job goes on from its last checkpoint, submitted again with it";
        return List.of(
                Fault.of(
                        "kill-taskmanager",
                        "kill -9 of a TaskManager: at any time, during a checkpoint of each job, and both at once",
                        same,
                        FlinkFaults::killTaskManagers),
                Fault.of(
                        "kill-jobmanager",
                        "kill -9 of the JobManager, which forgets its jobs",
                        retained + "; the slot is intact",
                        scene -> killCluster(scene, List.of(Strikes.JOB_MANAGER))),
                Fault.of(
                        "kill-flink",
                        "kill -9 of the JobManager and both TaskManagers",
                        retained + "; the slot is intact",
                        scene -> killCluster(scene, Strikes.ALL_OF_FLINK)),
                Fault.of(
                        "rescale",
                        "both jobs stop with a savepoint and go on from it with other parallelism, twice",
                        "nothing is carried twice in another order",
                        FlinkFaults::rescale),
                Fault.of(
                                "fill-disk",
                                "the disk under the checkpoints is full for " + Strikes.FULL.toSeconds()
                                        + " s (mounts a small one, so it takes root)",
                                "the jobs stop at their checkpoints, and go on by themselves",
                                scene -> Strikes.fillDisk(scene, CAPTURE, SYNC))
                        .after(scene -> SmallDisk.of(scene).mount(scene)));
    }

    private static void killTaskManagers(Scene scene) throws IOException, InterruptedException {
        scene.elapse(scene.upTo(LONGEST_WAIT));
        Strikes.kill(scene, any(scene), "at any time");
        for (String job : List.of(CAPTURE, SYNC)) {
            scene.jobs().awaitRunning();
            scene.jobs().awaitCheckpointInProgress(job);
            Strikes.kill(scene, any(scene), "during a checkpoint of " + job);
        }
        scene.jobs().awaitRunning();
        scene.jobs().awaitCheckpoint(CAPTURE);
        Strikes.killBothTaskManagers(scene);
    }

    private static String any(Scene scene) {
        return Strikes.TASK_MANAGERS.get(scene.random().nextInt(Strikes.TASK_MANAGERS.size()));
    }

    private static void killCluster(Scene scene, List<String> processes) throws Exception {
        Strikes.killCluster(scene, processes, Scene::awaitFreeSlot, CAPTURE, SYNC);
    }

    private static void rescale(Scene scene) throws IOException, InterruptedException {
        for (List<String> parallelism : List.of(List.of("2", "1"), List.of("1", "2"))) {
            scene.jobs().resume(CAPTURE, Map.of("job.parallelism", parallelism.get(0)));
            scene.jobs().resume(SYNC, Map.of("job.parallelism", parallelism.get(1)));
            scene.jobs().awaitRunning();
            scene.elapse(LONGEST_WAIT);
        }
    }
}
