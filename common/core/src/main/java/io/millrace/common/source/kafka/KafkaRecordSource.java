package io.millrace.common.source.kafka;

import io.millrace.common.event.ConsumedRecord;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Records of Kafka topics, bytes and position, read committed: producers may be transactional. */
public final class KafkaRecordSource {

    private KafkaRecordSource() {}

    /** Returns a source that reads on for ever. */
    public static KafkaSource<ConsumedRecord> unbounded(TopicOptions options) {
        return builder(options).build();
    }

    /** Returns a source that ends where the topics end when it starts. */
    public static KafkaSource<ConsumedRecord> bounded(TopicOptions options) {
        return builder(options).setBounded(OffsetsInitializer.latest()).build();
    }

    private static KafkaSourceBuilder<ConsumedRecord> builder(TopicOptions options) {
        KafkaSourceBuilder<ConsumedRecord> builder = KafkaSource.<ConsumedRecord>builder()
                .setProperties(properties(options))
                .setBootstrapServers(options.bootstrapServers())
                .setGroupId(options.groupId())
                .setClientIdPrefix(options.groupId())
                .setStartingOffsets(startingOffsets(options))
                .setDeserializer(new CopyRecord());
        return options.topicPattern()
                .map(pattern -> builder.setTopicPattern(Pattern.compile(pattern)))
                .orElseGet(() -> builder.setTopics(options.topics()));
    }

    private static Properties properties(TopicOptions options) {
        Properties properties = options.properties().revealAsProperties();
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.setProperty(
                KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
                Long.toString(options.discoveryInterval().toMillis()));
        return properties;
    }

    private static OffsetsInitializer startingOffsets(TopicOptions options) {
        return switch (options.start()) {
            case EARLIEST -> OffsetsInitializer.earliest();
            case LATEST -> OffsetsInitializer.latest();
            case GROUP_OFFSETS -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
            case TIMESTAMP ->
                OffsetsInitializer.timestamp(
                        options.startTimestamp().orElseThrow().toEpochMilli());
        };
    }
}
