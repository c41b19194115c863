package io.millrace.analytics;

import io.millrace.common.job.JobEnvironment;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.util.TestStreamEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/** The job on a small cluster in this process: it does what {@link AnalyticsJob} does on a real one. */
public final class JobInProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    /** In memory, no state larger than 5 MB would be taken. */
    private static final URI FOLDER =
            Path.of("target", "checkpoints").toAbsolutePath().toUri();

    private final MiniCluster cluster;
    private final JobClient client;
    private boolean ended;

    private JobInProcess(MiniCluster cluster, JobClient client) {
        this.cluster = cluster;
        this.client = client;
    }

    /**
     * Starts it as users do, and returns when every task runs.
     *
     * @param savepoint that it goes on from; null for none
     */
    public static JobInProcess start(MiniCluster cluster, String yaml, @Nullable String savepoint) throws Exception {
        JobInProcess job = submit(cluster, yaml, savepoint);
        CommonTestUtils.waitForAllTaskRunning(cluster, job.client.getJobID(), false);
        return job;
    }

    /** Starts it so, and waits for nothing. */
    public static JobInProcess submit(MiniCluster cluster, String yaml, @Nullable String savepoint) throws Exception {
        String inline = Base64.getEncoder().encodeToString(yaml.getBytes(StandardCharsets.UTF_8));
        AnalyticsOptions options = AnalyticsOptions.parse("--config-inline", inline);
        AnalyticsPreflight.run(options, System.out);
        TestStreamEnvironment.setAsContext(cluster, 2);
        try {
            StreamExecutionEnvironment env = JobEnvironment.of(options.job());
            env.configure(new Configuration().set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, FOLDER.toString()));
            if (savepoint != null) {
                env.configure(new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint));
            }
            AnalyticsJob.build(env, options, AnalyticsPreflight.fence(options, savepoint != null));
            return new JobInProcess(cluster, env.executeAsync(options.name()));
        } finally {
            TestStreamEnvironment.unsetAsContext();
        }
    }

    /** Stops it with a savepoint, without draining, and returns the savepoint's path. */
    public String stop() throws Exception {
        String savepoint = client.stopWithSavepoint(false, FOLDER.toString(), SavepointFormatType.CANONICAL)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        client.getJobExecutionResult().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        ended = true;
        return savepoint;
    }

    /** Waits until it has failed for good, and returns the whole reason. */
    public String awaitFailure() throws Exception {
        try {
            client.getJobExecutionResult().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            ended = true;
            return ExceptionUtils.stringifyException(e);
        }
        throw new AssertionError("the job has ended well");
    }

    @Override
    public void close() throws Exception {
        if (!ended) {
            client.cancel().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            cluster.requestJobResult(client.getJobID()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
