package io.millrace.audit;

import io.millrace.common.job.JobEnvironment;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
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

/** The job on a small cluster in this process: it does what {@link AuditJob} does on a real one. */
public final class JobInProcess implements AutoCloseable {

    /** Where its checkpoints and savepoints are. */
    public static final Path FOLDER = Path.of("target", "checkpoints").toAbsolutePath();

    private static final long PATIENCE_SECONDS = 60;
    private static final URI CHECKPOINTS = FOLDER.toUri();

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
        AuditOptions options = parse(yaml);
        AuditPreflight.run(options, System.out);
        JobClient client = submit(cluster, options, savepoint);
        CommonTestUtils.waitForAllTaskRunning(cluster, client.getJobID(), false);
        return new JobInProcess(cluster, client);
    }

    private static JobClient submit(MiniCluster cluster, AuditOptions options, @Nullable String savepoint)
            throws Exception {
        TestStreamEnvironment.setAsContext(cluster, options.job().parallelism().orElse(1));
        try {
            StreamExecutionEnvironment env = JobEnvironment.of(options.job());
            env.configure(new Configuration().set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, CHECKPOINTS.toString()));
            if (savepoint != null) {
                env.configure(new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint));
            }
            AuditJob.build(env, options);
            return env.executeAsync(options.name());
        } finally {
            TestStreamEnvironment.unsetAsContext();
        }
    }

    /**
     * Starts it, and waits until it has failed for good; a job that restarts is waited for in vain.
     *
     * @return why
     */
    public static String failure(MiniCluster cluster, String yaml, @Nullable String savepoint) throws Exception {
        AuditOptions options = parse(yaml);
        AuditPreflight.run(options, System.out);
        try {
            JobClient client = submit(cluster, options, savepoint);
            client.getJobExecutionResult().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("the job ended without a failure");
        } catch (ExecutionException e) {
            return ExceptionUtils.stringifyException(e);
        }
    }

    /**
     * Checks what must be true before it starts, and starts nothing.
     *
     * @param patience for each question
     */
    public static void check(String yaml, Duration patience) {
        AuditPreflight.run(parse(yaml), patience, System.out);
    }

    private static AuditOptions parse(String yaml) {
        String inline = Base64.getEncoder().encodeToString(yaml.getBytes(StandardCharsets.UTF_8));
        return AuditOptions.parse("--config-inline", inline);
    }

    /** Returns its id. */
    public JobID id() {
        return client.getJobID();
    }

    /** Stops it with a savepoint, without draining, and returns the savepoint's path. */
    public String stop() throws Exception {
        String savepoint = client.stopWithSavepoint(false, CHECKPOINTS.toString(), SavepointFormatType.CANONICAL)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        client.getJobExecutionResult().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        ended = true;
        return savepoint;
    }

    /** Takes a savepoint, and lets it run on. */
    public String savepoint() throws Exception {
        return client.triggerSavepoint(CHECKPOINTS.toString(), SavepointFormatType.CANONICAL)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        if (!ended) {
            client.cancel().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            cluster.requestJobResult(client.getJobID()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
