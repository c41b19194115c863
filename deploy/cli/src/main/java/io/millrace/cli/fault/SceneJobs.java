package io.millrace.cli.fault;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.job.FlinkJobs;
import io.millrace.cli.job.FlinkRest;
import io.millrace.cli.pipeline.FlinkMetrics;
import io.millrace.cli.pipeline.PipelineJobs;
import io.millrace.cli.pipeline.PipelineServers;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The jobs of a scene, by their names: what is done to them, and what is awaited of them under load. */
final class SceneJobs {

    private static final Duration SAVEPOINT = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(100);

    /** A checkpoint of little state is over in a few milliseconds. */
    private static final Duration GLANCE = Duration.ofMillis(1);

    private final PipelineServers servers;
    private final PipelineJobs jobs;
    private final FlinkMetrics metrics;
    private final Map<String, Map<String, String>> settings = new HashMap<>();
    private final SceneClock clock;

    SceneJobs(
            PipelineServers servers,
            PipelineJobs jobs,
            FlinkMetrics metrics,
            Map<String, Map<String, String>> settings,
            SceneClock clock) {
        this.servers = servers;
        this.jobs = jobs;
        this.metrics = metrics;
        this.clock = clock;
        settings.forEach((job, its) -> this.settings.put(job, new HashMap<>(its)));
    }

    /** Submits every job. */
    void submitAll() throws InterruptedException {
        jobs.submit(settings, job -> {});
    }

    void awaitRunning() throws InterruptedException {
        jobs.awaitRunning();
    }

    /** Waits until a job has completed one more checkpoint. */
    void awaitCheckpoint(String job) throws InterruptedException {
        long before = completedCheckpoints(job);
        clock.await("a checkpoint of " + job, LOOK, () -> completedCheckpoints(job) > before);
    }

    /** Waits until a job is in the middle of a checkpoint, which a job of little state is for a moment. */
    void awaitCheckpointInProgress(String job) throws IOException, InterruptedException {
        CheckpointFolder folder = checkpointFolder(job);
        long before = folder.lastBegun();
        clock.await("a checkpoint of " + job + " that is begun", GLANCE, () -> folder.isBegunAfter(before));
    }

    /** Waits until a job has stopped for good, and returns why. */
    String awaitFailed(String job) throws InterruptedException {
        String id = jobs.id(job);
        clock.await(
                "the end of " + job,
                LOOK,
                () -> "FAILED".equals(metrics.states(Set.of(id)).get(id)));
        return metrics.lastError(id);
    }

    /** Returns the last checkpoint that Flink left on disk for a job. */
    String retainedCheckpoint(String job) throws IOException {
        return checkpointFolder(job).lastComplete();
    }

    /** Submits a job, with further settings from now on; a null savepoint begins it anew. */
    void submit(String job, @Nullable String savepoint, Map<String, String> more)
            throws IOException, InterruptedException {
        settings(job).putAll(more);
        jobs.submit(job, settings(job), savepoint);
    }

    /**
     * Takes a savepoint of a job, and returns its address.
     *
     * @param stop whether the job ends with it
     */
    String savepoint(String job, boolean stop) {
        FlinkJobs flink = flink();
        return flink.savepoint(flink.live(jobs.id(job)), null, stop, SAVEPOINT, clock::say);
    }

    /** Stops a job with a savepoint and lets it go on from there. */
    void resume(String job, Map<String, String> more) throws IOException, InterruptedException {
        submit(job, savepoint(job, true), more);
        clock.say(job + " went on from a savepoint with " + more);
    }

    void cancel(String job) {
        FlinkJobs flink = flink();
        flink.cancel(flink.live(jobs.id(job)), SceneClock.PATIENCE);
    }

    /** Returns what went wrong last with the jobs; empty if nothing did. */
    String errors() {
        return jobs.errors();
    }

    /** Returns the processes of the TaskManagers that a job runs on. */
    List<String> taskManagers(String job) {
        FlinkJobs flink = flink();
        Set<String> ids = flink.taskManagers(flink.live(jobs.id(job)));
        List<String> names = Strikes.TASK_MANAGERS.stream()
                .filter(name -> ids.stream().anyMatch(id -> ("flink-" + id).startsWith(name + "-")))
                .toList();
        if (names.isEmpty()) {
            throw new CommandFailure("Flink names no TaskManager of this cluster for " + job + ", but " + ids);
        }
        return names;
    }

    /** Returns how many checkpoints of a job were completed. */
    long completedCheckpoints(String job) {
        return checkpoints(job).path("completed").asLong();
    }

    /** Returns how many checkpoints of a job have failed. */
    long failedCheckpoints(String job) {
        return checkpoints(job).path("failed").asLong();
    }

    private CheckpointFolder checkpointFolder(String job) {
        return new CheckpointFolder(servers.data().checkpoints().resolve(jobs.id(job)));
    }

    private JsonNode checkpoints(String job) {
        FlinkJobs flink = flink();
        return flink.checkpoints(flink.live(jobs.id(job)));
    }

    private FlinkJobs flink() {
        return new FlinkJobs(new FlinkRest(URI.create(servers.addresses().flinkUrl())));
    }

    private Map<String, String> settings(String job) {
        return requireNonNull(settings.get(job), job);
    }
}
