package io.millrace.audit;

import io.millrace.common.job.JobEnvironment;
import io.millrace.testing.JobOnMiniCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** The job on a small cluster in this process: it does what {@link AuditJob} does on a real one. */
public final class JobInProcess extends JobOnMiniCluster {

    private JobInProcess(MiniCluster cluster, JobClient client) {
        super(cluster, client);
    }

    /**
     * Starts it as users do, and returns when every task runs.
     *
     * @param savepoint that it goes on from; null for none
     */
    public static JobInProcess start(MiniCluster cluster, String yaml, @Nullable String savepoint) throws Exception {
        JobInProcess job = submit(cluster, yaml, savepoint);
        job.awaitRunning();
        return job;
    }

    private static JobInProcess submit(MiniCluster cluster, String yaml, @Nullable String savepoint) throws Exception {
        AuditOptions options = parse(yaml);
        AuditPreflight.run(options, System.out);
        JobClient client = submitTo(cluster, options.job().parallelism().orElse(1), savepoint, settings -> {
            StreamExecutionEnvironment env = JobEnvironment.of(options.job());
            env.configure(settings);
            AuditJob.build(env, options);
            return env.executeAsync(options.name());
        });
        return new JobInProcess(cluster, client);
    }

    /** Starts it, and waits until it has failed for good; returns why. */
    public static String failure(MiniCluster cluster, String yaml, @Nullable String savepoint) throws Exception {
        try (JobInProcess job = submit(cluster, yaml, savepoint)) {
            return job.awaitFailure();
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
}
