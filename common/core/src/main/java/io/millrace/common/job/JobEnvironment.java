package io.millrace.common.job;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The environment that every job starts from. */
public final class JobEnvironment {

    /** Fixed for ever: keyed state in a savepoint is divided by it. */
    public static final int MAX_PARALLELISM = 128;

    private static final double DELAY_GROWTH = 2;
    private static final double JITTER = 0.1;

    private JobEnvironment() {}

    /** Returns the environment of the cluster that the job is submitted to, set up as the options say. */
    public static StreamExecutionEnvironment of(JobOptions options) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.configure(settings(options));
        return env;
    }

    /** Tells whether the job goes on from a savepoint or a retained checkpoint. */
    public static boolean isRestored(StreamExecutionEnvironment env) {
        return env.getConfiguration()
                .getOptional(StateRecoveryOptions.SAVEPOINT_PATH)
                .isPresent();
    }

    /**
     * Returns Flink's settings. Elements are passed on without a copy (object reuse), because every element of
     * Millrace is immutable; without uids given by hand, or with a type that Flink would serialize by Kryo, no job
     * starts.
     */
    static Configuration settings(JobOptions options) {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.NAME, options.name());
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
        settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        options.parallelism().ifPresent(count -> settings.set(CoreOptions.DEFAULT_PARALLELISM, count));
        options.stateBackend()
                .ifPresent(backend -> settings.set(StateBackendOptions.STATE_BACKEND, backend.flinkName()));
        setCheckpoints(settings, options);
        setRestarts(settings, options);
        return settings;
    }

    private static void setCheckpoints(Configuration settings, JobOptions options) {
        settings.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, options.checkpointInterval());
        settings.set(
                CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS,
                options.checkpointInterval().dividedBy(2));
        settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, options.checkpointTimeout());
        settings.set(CheckpointingOptions.ENABLE_UNALIGNED, options.unalignedCheckpoints());
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    }

    private static void setRestarts(Configuration settings, JobOptions options) {
        Duration longest = options.longestRestartDelay();
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, options.firstRestartDelay());
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, longest);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER, DELAY_GROWTH);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_JITTER_FACTOR, JITTER);
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                longest.multipliedBy(5));
    }
}
