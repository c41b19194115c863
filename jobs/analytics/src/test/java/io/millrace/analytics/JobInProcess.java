package io.millrace.analytics;

import io.millrace.common.job.JobEnvironment;
import io.millrace.testing.JobOnMiniCluster;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** The job on a small cluster in this process: it does what {@link AnalyticsJob} does on a real one. */
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

    /** Starts it so, and waits for nothing. */
    public static JobInProcess submit(MiniCluster cluster, String yaml, @Nullable String savepoint) throws Exception {
        String inline = Base64.getEncoder().encodeToString(yaml.getBytes(StandardCharsets.UTF_8));
        AnalyticsOptions options = AnalyticsOptions.parse("--config-inline", inline);
        AnalyticsPreflight.run(options, System.out);
        JobClient client = submitTo(cluster, 2, savepoint, settings -> {
            StreamExecutionEnvironment env = JobEnvironment.of(options.job());
            env.configure(settings);
            AnalyticsJob.build(env, options, AnalyticsPreflight.fence(options, savepoint != null));
            return env.executeAsync(options.name());
        });
        return new JobInProcess(cluster, client);
    }
}
