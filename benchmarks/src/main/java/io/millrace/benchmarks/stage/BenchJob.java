package io.millrace.benchmarks.stage;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.job.FlinkJob;
import io.millrace.cli.job.FlinkJobs;
import io.millrace.cli.job.FlinkRest;
import io.millrace.cli.job.JobSubmission;
import io.millrace.cli.pipeline.FlinkMetrics;
import io.millrace.local.FlinkCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of our jobs on a fresh Flink, which ends with it. */
public final class BenchJob implements AutoCloseable {

    private static final Duration READY = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration SAVEPOINT = Duration.ofSeconds(60);
    private static final long HEALTH_NANOS = 2_000_000_000L;
    private static final int CHECKPOINTS = 2;
    private static final int ATTEMPTS = 3;

    private final Stage stage;
    private final FlinkJobs jobs;
    private final FlinkMetrics flink;
    private final String id;
    private long lookedAt = System.nanoTime();

    private BenchJob(Stage stage, FlinkJobs jobs, FlinkMetrics flink, String id) {
        this.stage = stage;
        this.jobs = jobs;
        this.flink = flink;
        this.id = id;
    }

    /**
     * Starts a job of this project and returns when each of its tasks runs.
     *
     * @param job its module's name
     * @param savepoint where to go on from, or null
     */
    public static BenchJob start(Stage stage, String job, Path config, @Nullable String savepoint)
            throws IOException, InterruptedException {
        stage.servers().startFlink();
        return submit(stage, job, config, savepoint);
    }

    /** Starts somebody else's job, a jar with some arguments, and returns when each of its tasks runs. */
    public static BenchJob startJar(Stage stage, Path jar, Map<String, String> settings)
            throws IOException, InterruptedException {
        stage.servers().startFlink();
        return running(stage, JobSubmission.submitJar(stage.servers().flink(), jar, settings));
    }

    /** Starts a job on the Flink of another one, with which it ends; returns when each of its tasks runs. */
    public static BenchJob beside(Stage stage, String job, Path config) throws IOException, InterruptedException {
        return submit(stage, job, config, null);
    }

    /** Starts a jar that is configured as one of our jobs is, and returns when each of its tasks runs. */
    public static BenchJob startJar(Stage stage, Path jar, Path config, Map<String, String> settings)
            throws IOException, InterruptedException {
        stage.servers().startFlink();
        FlinkCommand command = stage.servers().flink();
        return running(stage, JobSubmission.submit(stage.workspace(), command, jar.toString(), config, settings, null));
    }

    private static BenchJob submit(Stage stage, String job, Path config, @Nullable String savepoint)
            throws IOException, InterruptedException {
        FlinkCommand command = stage.servers().flink();
        return running(stage, JobSubmission.submit(stage.workspace(), command, job, config, Map.of(), savepoint));
    }

    private static BenchJob running(Stage stage, String id) throws InterruptedException {
        FlinkJobs jobs = new FlinkJobs(new FlinkRest(stage.servers().flink().flink()));
        BenchJob started =
                new BenchJob(stage, jobs, new FlinkMetrics(stage.addresses().flinkUrl()), id);
        started.awaitReady();
        return started;
    }

    private void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + READY.toNanos();
        while (!jobs.live(id).ready()) {
            if (System.nanoTime() > deadline) {
                throw new CommandFailure("the job does not run " + READY.toSeconds() + " s after it was submitted: "
                        + flink.lastError(id));
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    /** Returns whether the job has not failed for good; asks Flink every other second, for it has other work. */
    public boolean isAlive() {
        if (System.nanoTime() - lookedAt < HEALTH_NANOS) {
            return true;
        }
        lookedAt = System.nanoTime();
        return !"FAILED".equals(flink.states(List.of(id)).get(id));
    }

    /** Fails if something went wrong, even if the job has gone on since. */
    public void requireHealthy() {
        String error = lastError();
        if (!error.isEmpty()) {
            throw new CommandFailure("the job failed meanwhile: " + error);
        }
    }

    /** Waits until the job has read its tables and completed checkpoints. */
    public void awaitCheckpoints() throws InterruptedException {
        long deadline = System.nanoTime() + READY.toNanos();
        FlinkJob job = jobs.live(id);
        while (jobs.checkpoints(job).path("completed").asInt() < CHECKPOINTS) {
            if (System.nanoTime() > deadline) {
                throw new CommandFailure("no checkpoint is complete: " + lastError());
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    /** Waits for a checkpoint that begins now or later, and returns the size of its state. */
    public long checkpointBytes() throws InterruptedException {
        FlinkJob job = jobs.live(id);
        // one may be under way that began before
        int wanted = jobs.checkpoints(job).path("completed").asInt() + 2;
        long deadline = System.nanoTime() + READY.toNanos();
        while (jobs.checkpoints(job).path("completed").asInt() < wanted) {
            if (System.nanoTime() > deadline) {
                throw new CommandFailure("no checkpoint is complete: " + lastError());
            }
            Thread.sleep(LOOK.toMillis());
        }
        return jobs.checkpointBytes(job);
    }

    /** Returns what went wrong last; empty if nothing did. */
    public String lastError() {
        return flink.lastError(id);
    }

    /** Ends the job with a savepoint as soon as it has read its tables, and returns the savepoint's address. */
    public String savepoint() throws InterruptedException {
        awaitCheckpoints();
        FlinkJob job = jobs.live(id);
        for (int attempt = 1; true; attempt++) {
            try {
                return jobs.savepoint(job, null, true, SAVEPOINT, note -> {});
            } catch (CommandFailure e) {
                // in the moment in which the snapshot ends there is none: docs/cdc.md
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                awaitReady();
            }
        }
    }

    @Override
    public void close() {
        stage.servers().stopFlink();
    }
}
