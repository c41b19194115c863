package io.millrace.cli.fault;

import static io.millrace.cli.pipeline.PipelineJobs.CAPTURE;
import static io.millrace.cli.pipeline.PipelineJobs.SYNC;

import io.millrace.local.LocalProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What happens to Flink itself. */
final class FlinkFaults {

    private static final String JOB_MANAGER = "flink-jobmanager";
    private static final List<String> TASK_MANAGERS = List.of("flink-taskmanager-1", "flink-taskmanager-2");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);
    private static final Duration FULL = Duration.ofSeconds(20);

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
                        scene -> killCluster(scene, List.of(JOB_MANAGER))),
                Fault.of(
                        "kill-flink",
                        "kill -9 of the JobManager and both TaskManagers",
                        retained + "; the slot is intact",
                        scene -> killCluster(scene, List.of(JOB_MANAGER, TASK_MANAGERS.get(0), TASK_MANAGERS.get(1)))),
                Fault.of(
                        "rescale",
                        "both jobs stop with a savepoint and go on from it with other parallelism, twice",
                        "nothing is carried twice in another order",
                        FlinkFaults::rescale),
                Fault.of(
                                "fill-disk",
                                "the disk under the checkpoints is full for " + FULL.toSeconds()
                                        + " s (mounts a small one, so it takes root)",
                                "the jobs stop at their checkpoints, and go on by themselves",
                                FlinkFaults::fillDisk)
                        .after(SmallDisk::mount));
    }

    private static void killTaskManagers(Scene scene) throws IOException, InterruptedException {
        scene.elapse(scene.upTo(LONGEST_WAIT));
        kill(scene, TASK_MANAGERS.get(scene.random().nextInt(2)), "at any time");
        for (String job : List.of(CAPTURE, SYNC)) {
            scene.awaitRunning();
            scene.awaitCheckpointInProgress(job);
            kill(scene, TASK_MANAGERS.get(scene.random().nextInt(2)), "during a checkpoint of " + job);
        }
        scene.awaitRunning();
        scene.awaitCheckpoint(CAPTURE);
        TASK_MANAGERS.forEach(name -> scene.process(name).kill());
        scene.say("killed both TaskManagers");
        TASK_MANAGERS.forEach(name -> scene.process(name).start());
    }

    private static void kill(Scene scene, String name, String moment) {
        LocalProcess process = scene.process(name);
        process.kill();
        scene.say("killed " + name + " " + moment);
        process.start();
    }

    private static void killCluster(Scene scene, List<String> processes) throws IOException, InterruptedException {
        scene.elapse(scene.upTo(LONGEST_WAIT));
        processes.forEach(name -> scene.process(name).kill());
        scene.say("killed " + String.join(", ", processes));
        Map<String, String> checkpoints =
                Map.of(CAPTURE, scene.retainedCheckpoint(CAPTURE), SYNC, scene.retainedCheckpoint(SYNC));
        processes.forEach(name -> scene.process(name).start());
        scene.awaitFreeSlot();
        for (Map.Entry<String, String> job : checkpoints.entrySet()) {
            scene.submit(job.getKey(), job.getValue(), Map.of());
        }
    }

    private static void rescale(Scene scene) throws IOException, InterruptedException {
        for (List<String> parallelism : List.of(List.of("2", "1"), List.of("1", "2"))) {
            scene.resume(CAPTURE, Map.of("job.parallelism", parallelism.get(0)));
            scene.resume(SYNC, Map.of("job.parallelism", parallelism.get(1)));
            scene.awaitRunning();
            scene.elapse(LONGEST_WAIT);
        }
    }

    private static void fillDisk(Scene scene) throws IOException, InterruptedException {
        SmallDisk disk = SmallDisk.of(scene);
        disk.fill();
        scene.say("the checkpoints' disk is full");
        scene.elapse(FULL);
        disk.free();
        scene.say("the checkpoints' disk has room again");
        scene.awaitCheckpoint(CAPTURE);
        scene.awaitCheckpoint(SYNC);
    }
}
