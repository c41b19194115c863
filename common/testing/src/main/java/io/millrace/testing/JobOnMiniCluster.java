package io.millrace.testing;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.scheduler.stopwithsavepoint.StopWithSavepointStoppingException;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.flink.streaming.util.TestStreamEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/**
 * A job on a small cluster in this process; what extends it says how the job is built. For modules that bring Flink and
 * its test utilities.
 */
public abstract class JobOnMiniCluster implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 180;
    private static final int MOST_STOPS = 5;

    /** In memory, no state larger than 5 MB would be taken. */
    private static final URI CHECKPOINTS =
            Path.of("target", "checkpoints").toAbsolutePath().toUri();

    private final MiniCluster cluster;
    private final JobClient client;
    private boolean ended;

    /** Builds a job in an environment that it makes, and submits it. */
    @FunctionalInterface
    protected interface Submission {

        /**
         * Submits it.
         *
         * @param settings which the environment is to have as well
         */
        JobClient submit(Configuration settings) throws Exception;
    }

    /**
     * Looks after a job.
     *
     * @param client of the job, which was submitted to the cluster
     */
    protected JobOnMiniCluster(MiniCluster cluster, JobClient client) {
        this.cluster = cluster;
        this.client = client;
    }

    /**
     * Submits a job to a cluster.
     *
     * @param parallelism of a job that says nothing of it
     * @param savepoint that it goes on from; null for none
     */
    protected static JobClient submitTo(
            MiniCluster cluster, int parallelism, @Nullable String savepoint, Submission submission) throws Exception {
        Configuration settings =
                new Configuration().set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, CHECKPOINTS.toString());
        if (savepoint != null) {
            settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        TestStreamEnvironment.setAsContext(cluster, parallelism);
        try {
            return submission.submit(settings);
        } finally {
            TestStreamEnvironment.unsetAsContext();
        }
    }

    /** Waits until every task runs. */
    protected final void awaitRunning() throws Exception {
        CommonTestUtils.waitForAllTaskRunning(cluster, id(), false);
    }

    /** Returns its id. */
    public final JobID id() {
        return client.getJobID();
    }

    /** Stops it with a savepoint, without draining, and returns the savepoint's path. */
    public final String stop() throws Exception {
        return stop(CHECKPOINTS);
    }

    /**
     * Does the same, with the savepoint in a folder. Where a task fails between the savepoint and its end, as an aligned
     * source does that is told of a watermark just then, Flink lets the job go on from there: that is stopped again, as
     * {@code millrace savepoint} does.
     */
    public String stop(URI folder) throws Exception {
        for (int attempt = 1; true; attempt++) {
            try {
                String savepoint = client.stopWithSavepoint(false, folder.toString(), SavepointFormatType.CANONICAL)
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                client.getJobExecutionResult().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                ended = true;
                return savepoint;
            } catch (ExecutionException e) {
                boolean isOfTheEnd = ExceptionUtils.findThrowable(e, StopWithSavepointStoppingException.class)
                        .isPresent();
                if (attempt == MOST_STOPS || !isOfTheEnd) {
                    throw e;
                }
                awaitRunning();
            }
        }
    }

    /** Takes a savepoint, and lets it run on. */
    public final String savepoint() throws Exception {
        return client.triggerSavepoint(CHECKPOINTS.toString(), SavepointFormatType.CANONICAL)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits until it has failed for good, and returns the whole reason; one that restarts is waited for in vain. */
    public final String awaitFailure() throws Exception {
        try {
            client.getJobExecutionResult().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            ended = true;
            return ExceptionUtils.stringifyException(e);
        }
        throw new AssertionError("the job has ended well");
    }

    /**
     * Cancels a job, on a mini cluster of its own or another's, and waits for its end: until then a reader that is cancelled
     * may still be about to begin.
     */
    public static void cancel(JobClient job) throws Exception {
        job.cancel().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        job.getJobExecutionResult().handle((result, cancelled) -> cancelled).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Cancels it unless it has ended, and waits for its end. */
    @Override
    public final void close() throws Exception {
        if (!ended) {
            client.cancel().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            cluster.requestJobResult(id()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
