package io.millrace.common.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Placeholders;
import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import io.millrace.common.source.kafka.TopicOptions.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.api.connector.source.Boundedness;
import org.junit.jupiter.api.Test;

class TopicOptionsTest {

    private final Problems problems = new Problems();

    @Test
    void readsFromTheBeginningUnlessToldOtherwise() {
        TopicOptions options = read("{bootstrap-servers: 'a:1', topics: [x, y]}");

        assertThat(options.start()).isEqualTo(Start.EARLIEST);
        assertThat(options.groupId()).isEqualTo("cdc-sync");
        assertThat(options.topics()).containsExactly("x", "y");
        assertThat(options.discoveryInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(KafkaRecordSource.unbounded(options, "more").getBoundedness())
                .isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
        assertThat(KafkaRecordSource.bounded(options).getBoundedness()).isEqualTo(Boundedness.BOUNDED);
    }

    @Test
    void propertiesOfTheConsumerWinOverDefaults() {
        TopicOptions options = read("{bootstrap-servers: 'a:1', topics: [x], properties: {max.poll.records: '7'}}");

        assertThat(KafkaRecordSource.properties(options))
                .containsEntry("max.poll.records", "7")
                .containsEntry("fetch.max.wait.ms", "100")
                .containsEntry("isolation.level", "read_committed");
    }

    @Test
    void readsFromATime() {
        TopicOptions options = read("{bootstrap-servers: 'a:1', topic-pattern: 'x.*', start: timestamp,"
                + " start-timestamp: '2026-01-31T12:00:00Z', group-id: g}");

        assertThat(options.startTimestamp()).contains(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(options.topicPattern()).contains("x.*");
        assertThat(options.groupId()).isEqualTo("g");
        assertThat(KafkaRecordSource.unbounded(options, "more")).isNotNull();
    }

    @Test
    void refusesWhatContradictsItself() {
        read("{topics: ['a b'], topic-pattern: '(', start-timestamp: yesterday, discovery-interval: 1 ms}");

        assertThat(problems.found())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "source.kafka.bootstrap-servers",
                        "source.kafka.topics",
                        "source.kafka.topic-pattern",
                        "source.kafka.start-timestamp",
                        "source.kafka.discovery-interval",
                        "source.kafka.topics",
                        "source.kafka.start-timestamp");
    }

    @Test
    void knowsTheNamesOfTopics() {
        assertThat(TopicOptions.isTopic("dbserver1.public.users")).isTrue();
        assertThat(TopicOptions.isTopic("..")).isFalse();
        assertThat(TopicOptions.isTopic("a/b")).isFalse();
        assertThat(TopicOptions.isTopic("x".repeat(250))).isFalse();
    }

    private TopicOptions read(String kafka) {
        ConfigReader config =
                new ConfigReader("source: {kafka: " + kafka + "}", Map.of(), new Placeholders(Map.of()), problems);
        TopicOptions.check(config, problems);
        return problems.isEmpty() ? TopicOptions.read(config, "cdc-sync") : null;
    }
}
