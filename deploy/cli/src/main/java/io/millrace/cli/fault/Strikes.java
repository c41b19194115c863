package io.millrace.cli.fault;

import io.millrace.cli.CommandFailure;
import io.millrace.local.LocalProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is done to servers and disks, whatever pipeline they carry. */
final class Strikes {

    static final String JOB_MANAGER = "flink-jobmanager";
    static final List<String> TASK_MANAGERS = List.of("flink-taskmanager-1", "flink-taskmanager-2");
    static final List<String> ALL_OF_FLINK = List.of(JOB_MANAGER, TASK_MANAGERS.get(0), TASK_MANAGERS.get(1));

    /** How long a disk is full. */
    static final Duration FULL = Duration.ofSeconds(20);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

    private Strikes() {}

    /** Stops a process in its tracks, and lets it go on after a time under load. */
    static void freeze(Scene scene, String name, Duration time) throws InterruptedException {
        LocalProcess process = scene.process(name);
        process.freeze();
        scene.say("froze " + name);
        scene.elapse(time);
        process.thaw();
        scene.say("thawed " + name);
    }

    /** Kills a process, and starts it again at once. */
    static void kill(Scene scene, String name, String moment) {
        LocalProcess process = scene.process(name);
        process.kill();
        scene.say("killed " + name + " " + moment);
        process.start();
    }

    static void killBothTaskManagers(Scene scene) {
        TASK_MANAGERS.forEach(name -> scene.process(name).kill());
        scene.say("killed both TaskManagers");
        TASK_MANAGERS.forEach(name -> scene.process(name).start());
    }

    /**
     * Kills processes of Flink, the JobManager among them, which forgets its jobs; they are submitted again with the last
     * checkpoint of each.
     *
     * @param ready waits until they can be
     */
    static void killCluster(Scene scene, List<String> processes, Fault.Step ready, String... jobs) throws Exception {
        scene.elapse(scene.upTo(LONGEST_WAIT));
        processes.forEach(name -> scene.process(name).kill());
        scene.say("killed " + String.join(", ", processes));
        Map<String, String> checkpoints = new LinkedHashMap<>();
        for (String job : jobs) {
            checkpoints.put(job, scene.jobs().retainedCheckpoint(job));
        }
        processes.forEach(name -> scene.process(name).start());
        ready.on(scene);
        for (Map.Entry<String, String> job : checkpoints.entrySet()) {
            scene.jobs().submit(job.getKey(), job.getValue(), Map.of());
        }
    }

    /** Fills the small disk under the checkpoints for a time, in which checkpoints of these jobs have to fail. */
    static void fillDisk(Scene scene, String... jobs) throws IOException, InterruptedException {
        Map<String, Long> before = new LinkedHashMap<>();
        for (String job : jobs) {
            before.put(job, scene.jobs().failedCheckpoints(job));
        }
        SmallDisk disk = SmallDisk.of(scene);
        disk.fill();
        scene.say("the checkpoints' disk is full");
        scene.elapse(FULL);
        for (String job : jobs) {
            long failed = scene.jobs().failedCheckpoints(job) - before.getOrDefault(job, 0L);
            scene.say(failed + " checkpoints of " + job + " have failed");
            if (failed == 0) {
                throw new CommandFailure("no checkpoint of " + job + " failed on a full disk");
            }
        }
        disk.free();
        scene.say("the checkpoints' disk has room again");
        for (String job : jobs) {
            scene.jobs().awaitCheckpoint(job);
        }
    }
}
