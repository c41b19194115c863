package io.millrace.cdc;

import io.millrace.common.job.JobEnvironment;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.util.TestStreamEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/**
 * The job in this process, on a small cluster that all of them share and that ends with the process. It does what
 * {@link CdcJob} does on a real cluster, and starts at once: for tests of what the job does with its data, not of how it
 * is run.
 */
public final class JobInProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    /** In memory, no state larger than 5 MB would be taken. */
    private static final URI CHECKPOINTS =
            Path.of("target", "checkpoints").toAbsolutePath().toUri();

    private static final int SLOTS = 12;
    private static final MiniCluster CLUSTER = cluster();

    private final JobClient client;
    private boolean ended;

    private JobInProcess(JobClient client) {
        this.client = client;
    }

    /** Starts it with its arguments as users give them. */
    public static JobInProcess start(List<String> arguments) throws Exception {
        return start(arguments, null);
    }

    /** Starts it from a savepoint. */
    public static JobInProcess start(List<String> arguments, @Nullable String savepoint) throws Exception {
        return start(CdcOptions.parse(arguments.toArray(String[]::new)), savepoint);
    }

    private static JobInProcess start(CdcOptions options, @Nullable String savepoint) throws Exception {
        TestStreamEnvironment.setAsContext(CLUSTER, 1);
        try {
            return submit(JobEnvironment.of(options.job()), options, savepoint);
        } finally {
            TestStreamEnvironment.unsetAsContext();
        }
    }

    private static JobInProcess submit(StreamExecutionEnvironment env, CdcOptions options, @Nullable String savepoint)
            throws Exception {
        env.configure(new Configuration().set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, CHECKPOINTS.toString()));
        if (savepoint != null) {
            env.configure(new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint));
        }
        CdcJob.build(env, options);
        return new JobInProcess(env.executeAsync(options.name()));
    }

    private static MiniCluster cluster() {
        Configuration settings = new Configuration()
                .set(RestOptions.BIND_PORT, "0")
                .set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .build());
        try {
            cluster.start();
            return cluster;
        } catch (Exception e) {
            throw new IllegalStateException("the cluster of this process does not start", e);
        }
    }

    /** Stops it with a savepoint in a folder, without draining, and returns the savepoint's path. */
    public String stop(URI folder) throws Exception {
        String savepoint = client.stopWithSavepoint(false, folder.toString(), SavepointFormatType.CANONICAL)
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

    /** Cancels it unless it has ended, and waits for its end. */
    @Override
    public void close() throws Exception {
        if (!ended) {
            client.cancel().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            CLUSTER.requestJobResult(client.getJobID()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
