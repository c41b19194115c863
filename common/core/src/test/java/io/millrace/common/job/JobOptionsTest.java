package io.millrace.common.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Placeholders;
import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class JobOptionsTest {

    private final Problems problems = new Problems();

    @Test
    void givesEveryJobTheSameRules() {
        Configuration settings = JobEnvironment.settings(read("name: cdc-sync"));

        assertThat(settings.get(PipelineOptions.NAME)).isEqualTo("cdc-sync");
        assertThat(settings.get(PipelineOptions.GENERIC_TYPES)).isFalse();
        assertThat(settings.get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
        assertThat(settings.get(PipelineOptions.OBJECT_REUSE)).isTrue();
        assertThat(settings.get(PipelineOptions.MAX_PARALLELISM)).isEqualTo(128);
        assertThat(settings.get(RestartStrategyOptions.RESTART_STRATEGY)).isEqualTo("exponential-delay");
        assertThat(settings.getOptional(StateBackendOptions.STATE_BACKEND)).isEmpty();
        assertThat(settings.getOptional(CoreOptions.DEFAULT_PARALLELISM)).isEmpty();
    }

    @Test
    void carriesTheOptionsIntoFlink() {
        Configuration settings = JobEnvironment.settings(read("""
                        name: a
                        job:
                          parallelism: 4
                          checkpoint-interval: 3 s
                          checkpoint-timeout: 2 min
                          unaligned-checkpoints: true
                          first-restart-delay: 50 ms
                          longest-restart-delay: 9 s
                          state-backend: rocksdb
                        """));

        assertThat(settings.get(CoreOptions.DEFAULT_PARALLELISM)).isEqualTo(4);
        assertThat(settings.get(CheckpointingOptions.CHECKPOINTING_INTERVAL)).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT)).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.get(CheckpointingOptions.ENABLE_UNALIGNED)).isTrue();
        assertThat(settings.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF))
                .isEqualTo(Duration.ofMillis(50));
        assertThat(settings.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF))
                .isEqualTo(Duration.ofSeconds(9));
        assertThat(settings.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("rocksdb");
    }

    @Test
    void setsUpTheEnvironment() {
        StreamExecutionEnvironment env = JobEnvironment.of(read("name: a"));

        assertThat(env.getConfig().isObjectReuseEnabled()).isTrue();
        assertThat(env.getMaxParallelism()).isEqualTo(128);
        assertThat(env.getCheckpointConfig().getCheckpointInterval()).isEqualTo(10_000);
    }

    @Test
    void refusesWhatCannotRun() {
        read("{name: 'A b', job: {parallelism: 129, checkpoint-interval: 1 ms, checkpoint-timeout: 1 ms,"
                + " first-restart-delay: 2 min}}");

        assertThat(problems.found())
                .extracting(Problem::path)
                .containsExactly(
                        "name",
                        "job.parallelism",
                        "job.checkpoint-interval",
                        "job.checkpoint-timeout",
                        "job.longest-restart-delay");
    }

    private JobOptions read(String yaml) {
        ConfigReader config = new ConfigReader(yaml, Map.of(), new Placeholders(Map.of()), problems);
        JobOptions.check(config, problems);
        return problems.isEmpty() ? JobOptions.read(config) : null;
    }
}
