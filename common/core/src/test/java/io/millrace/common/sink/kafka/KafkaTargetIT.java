package io.millrace.common.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.ConsumedRecord.Header;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.event.ProducedRecordTypeInfo;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.KafkaTopics;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A job that fails between two checkpoints and starts again. */
@WithServers(Server.KAFKA)
class KafkaTargetIT {

    private static final long RECORDS = 900;

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(1)
            .build());

    @TempDir
    Path folder;

    private final String topic = "target-" + UUID.randomUUID();
    private KafkaTopics topics;
    private KafkaTargetConfig config;

    @BeforeEach
    void createTopic(Addresses addresses) {
        topics = new KafkaTopics(addresses.kafkaBootstrap());
        topics.create(topic, 2);
        config = new KafkaTargetConfig(new KafkaConnection(addresses.kafkaBootstrap()));
    }

    @Test
    void deliversEverythingThoughTheJobFailed() throws Exception {
        write(KafkaTarget.atLeastOnce(config.withCompression(Compression.GZIP)));

        assertThat(numbers(topics.read(topic)))
                .containsOnlyOnceElementsOf(List.of(0L, RECORDS - 1))
                .hasSizeGreaterThan((int) RECORDS)
                .containsAll(everyNumber());
    }

    @Test
    void deliversEverythingOnceToAReaderOfWhatIsCommitted() throws Exception {
        write(KafkaTarget.exactlyOnce(config, new Transactions("target-" + topic, Duration.ofMinutes(1))));

        assertThat(numbers(topics.read(topic))).containsExactlyInAnyOrderElementsOf(everyNumber());
        assertThat(numbers(topics.readUncommitted(topic)))
                .as("the failed job did write what its transaction took back")
                .hasSizeGreaterThan((int) RECORDS)
                .containsAll(everyNumber());
    }

    @Test
    void keepsTheOrderWithinAPartition() throws Exception {
        write(KafkaTarget.exactlyOnce(config, new Transactions("target-" + topic, Duration.ofMinutes(1))));

        topics.read(topic).stream()
                .collect(Collectors.groupingBy(ConsumerRecord::partition))
                .values()
                .forEach(partition -> assertThat(numbers(partition)).isSorted());
    }

    @Test
    void leavesKeysValuesTombstonesAndHeadersAsTheyAre() throws Exception {
        write(KafkaTarget.exactlyOnce(config, new Transactions("target-" + topic, Duration.ofMinutes(1))));

        List<ConsumerRecord<byte[], byte[]>> records = topics.read(topic);
        assertThat(records).hasSize((int) RECORDS);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            ProducedRecord expected = FailsOnce.record(topic, FailsOnce.number(record));
            assertThat(record.key()).isEqualTo(expected.key());
            assertThat(record.value()).isEqualTo(expected.value());
            assertThat(headers(record))
                    .usingRecursiveFieldByFieldElementComparator()
                    .isEqualTo(expected.headers());
        }
        assertThat(records).filteredOn(record -> record.value() == null).hasSize((int) RECORDS / 3);
    }

    private void write(Sink<ProducedRecord> sink) throws Exception {
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.getConfig().disableGenericTypes();
        DataGeneratorSource<Long> numbers = new DataGeneratorSource<>(
                number -> number, RECORDS, RateLimiterStrategy.perCheckpoint(150), Types.LONG);
        Path marker = folder.resolve("failed");
        env.fromSource(numbers, WatermarkStrategy.noWatermarks(), "numbers")
                .map(new FailsOnce(topics.bootstrap(), topic, marker))
                .returns(ProducedRecordTypeInfo.INSTANCE)
                .sinkTo(sink);
        env.execute("kafka");
        assertThat(marker).as("the failure").exists();
    }

    private static List<Long> everyNumber() {
        return LongStream.range(0, RECORDS).boxed().toList();
    }

    private static List<Long> numbers(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(FailsOnce::number).toList();
    }

    private static List<Header> headers(ConsumerRecord<byte[], byte[]> record) {
        return Arrays.stream(record.headers().toArray())
                .map(header -> new Header(header.key(), header.value()))
                .toList();
    }
}
