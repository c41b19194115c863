package io.millrace.benchmarks.flink;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Submits the job that {@code bench.job} names, with the checkpoints and the state of ours. */
public final class PeerJob {

    private PeerJob() {}

    /** Submits it. */
    public static void main(String[] arguments) throws Exception {
        PeerSettings settings = PeerSettings.of(arguments);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.configure(configuration(settings));
        String job = settings.get("job");
        switch (job) {
            case "sql-tumble" -> SqlJobs.tumble(env, settings);
            case "sql-hop" -> SqlJobs.hop(env, settings);
            case "datastream-sliding" -> SlidingJob.build(env, settings);
            case "list-and-sort" -> ListAndSortJob.build(env, settings);
            default -> throw new IllegalArgumentException("there is no job " + job);
        }
        env.execute("bench-" + job);
    }

    private static Configuration configuration(PeerSettings settings) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, settings.number("threads"));
        configuration.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        configuration.set(
                CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(settings.number("checkpoints")));
        return configuration;
    }
}
