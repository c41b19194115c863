package io.millrace.cli.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What can be done to every pipeline of one job that reads Kafka. */
record JobFaults(String job) {

    /** How long a server is away, or answers nobody. */
    static final Duration AWAY = Duration.ofSeconds(30);

    /** In which something happens, some time. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

    /** What must be true at the end of most faults. */
    static final String GOES_ON = "the job goes on by itself";

    static final String WAITS = "the job waits for it, and goes on by itself";

    private static final String RETAINED = "the job goes on from its last checkpoint, submitted again with it";
    private static final Duration RESTART = Duration.ofSeconds(5);

    /** @param besides what must be true besides that the job goes on */
    Fault killTaskManager(String besides) {
        return Fault.of(
                        "kill-taskmanager",
                        "kill -9 of a TaskManager: at any time, during a checkpoint, and both at once",
                        GOES_ON + "; " + besides,
                        this::killTaskManagers)
                .with("job.parallelism", "2");
    }

    Fault killJobManager() {
        return Fault.of(
                "kill-jobmanager",
                "kill -9 of the JobManager, which forgets its jobs",
                RETAINED,
                scene -> Strikes.killCluster(scene, List.of(Strikes.JOB_MANAGER), ready -> {}, job));
    }

    Fault killFlink() {
        return Fault.of(
                "kill-flink",
                "kill -9 of the JobManager and both TaskManagers",
                RETAINED,
                scene -> Strikes.killCluster(scene, Strikes.ALL_OF_FLINK, ready -> {}, job));
    }

    Fault rescale(String holds) {
        return Fault.of(
                "rescale",
                "the job stops with a savepoint and goes on from it with another parallelism, 1 to 2 to 1",
                holds,
                this::changeParallelism);
    }

    Fault restartKafka() {
        return Fault.of(
                "restart-kafka",
                "kill -9 of Kafka, which is started again",
                GOES_ON,
                scene -> scene.away("kafka", RESTART));
    }

    Fault freezeKafka() {
        return frozen("freeze-kafka", "kafka", "Kafka", GOES_ON);
    }

    Fault fillDisk() {
        return Fault.of(
                        "fill-disk",
                        "the disk under the checkpoints is full for " + Strikes.FULL.toSeconds()
                                + " s (mounts a small one, so it takes root)",
                        "the job stops at its checkpoints, and goes on by itself",
                        scene -> Strikes.fillDisk(scene, job))
                .after(scene -> SmallDisk.of(scene).mount(scene));
    }

    /**
     * Returns the fault of a server that is killed.
     *
     * @param server the process
     * @param who what it is to the pipeline
     */
    static Fault stopped(String name, String server, String who, String holds) {
        return Fault.of(
                name,
                "kill -9 of " + who + ", back after " + AWAY.toSeconds() + " s",
                holds,
                scene -> scene.away(server, AWAY));
    }

    /** Returns the fault of a server that answers nobody for a while. */
    static Fault frozen(String name, String server, String who, String holds) {
        return Fault.of(
                name,
                who + " is frozen for " + AWAY.toSeconds() + " s",
                holds,
                scene -> Strikes.freeze(scene, server, AWAY));
    }

    private void killTaskManagers(Scene scene) throws IOException, InterruptedException {
        scene.elapse(scene.upTo(LONGEST_WAIT));
        Strikes.kill(scene, any(scene), "at any time");
        // a job that has lost tasks is said to run until Flink notices
        scene.jobs().awaitCheckpoint(job);
        String next = any(scene);
        scene.jobs().awaitCheckpointInProgress(job);
        Strikes.kill(scene, next, "during a checkpoint");
        scene.jobs().awaitRunning();
        scene.jobs().awaitCheckpoint(job);
        Strikes.killBothTaskManagers(scene);
    }

    private String any(Scene scene) {
        List<String> names = scene.jobs().taskManagers(job);
        return names.get(scene.random().nextInt(names.size()));
    }

    private void changeParallelism(Scene scene) throws IOException, InterruptedException {
        for (String parallelism : List.of("2", "1")) {
            scene.jobs().resume(job, Map.of("job.parallelism", parallelism));
            scene.jobs().awaitRunning();
            scene.elapse(LONGEST_WAIT);
        }
    }
}
