package io.millrace.common.source.kafka;

import io.millrace.common.event.ConsumedRecord;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Records of Kafka topics, bytes and position, read committed: producers may be transactional. */
public final class KafkaRecordSource {

    /**
     * A consumer has one request at a broker, and asks for no partition of which it still has records. With Kafka's 500
     * ms and 500 records, one that has read a partition to its end waits there for news of it, again and again, while of
     * the others it gets a megabyte in each half of a second.
     */
    private static final String LONGEST_WAIT_MILLIS = "100";

    /** A megabyte of records of 200 bytes. */
    private static final String MOST_RECORDS = "5000";

    private KafkaRecordSource() {}

    /** Returns a source that reads on for ever. */
    public static KafkaSource<ConsumedRecord> unbounded(TopicOptions options) {
        return builder(options, subscriber(options), new CopyRecord()).build();
    }

    /**
     * Returns a source that reads on for ever, and fails when Kafka has removed what comes next, instead of going on
     * behind it.
     *
     * @see OffsetsGone
     */
    public static KafkaSource<ConsumedRecord> complete(TopicOptions options) {
        return builder(options, subscriber(options), new CopyRecord())
                .setStartingOffsets(new NothingSkipped(startingOffsets(options)))
                .build();
    }

    /**
     * Returns a source that reads on for ever.
     *
     * @param optional a topic that is read as well once it exists, from where the group was, else from its beginning
     */
    public static KafkaSource<ConsumedRecord> unbounded(TopicOptions options, String optional) {
        return unbounded(options, optional, new CopyRecord());
    }

    /**
     * Does what {@link #unbounded(TopicOptions, String)} does, and makes of each record at once what a job needs of it.
     *
     * @param <T> what it needs
     * @param schema must not fail for what a record holds: that would stop the job at this record again and again
     */
    public static <T> KafkaSource<T> unbounded(
            TopicOptions options, String optional, KafkaRecordDeserializationSchema<T> schema) {
        return builder(options, new OptionalTopic(subscriber(options), optional), schema)
                .setStartingOffsets(new OptionalTopicOffsets(startingOffsets(options), optional))
                .build();
    }

    /**
     * Returns a source that looks for no topic, in the place of one that is not needed now: it takes over its state, and
     * goes on with partitions that a savepoint knows.
     *
     * @param <T> what the other makes of records
     */
    public static <T> KafkaSource<T> silent(TopicOptions options, KafkaRecordDeserializationSchema<T> schema) {
        return builder(options, new NoTopic(), schema).build();
    }

    /** Returns a source that ends where the topics end when it starts. */
    public static KafkaSource<ConsumedRecord> bounded(TopicOptions options) {
        return builder(options, subscriber(options), new CopyRecord())
                .setBounded(OffsetsInitializer.latest())
                .build();
    }

    private static <T> KafkaSourceBuilder<T> builder(
            TopicOptions options, KafkaSubscriber subscriber, KafkaRecordDeserializationSchema<T> schema) {
        return KafkaSource.<T>builder()
                .setProperties(properties(options))
                .setBootstrapServers(options.bootstrapServers())
                .setGroupId(options.groupId())
                .setClientIdPrefix(options.groupId())
                .setStartingOffsets(startingOffsets(options))
                .setKafkaSubscriber(subscriber)
                .setDeserializer(schema);
    }

    private static KafkaSubscriber subscriber(TopicOptions options) {
        return options.topicPattern()
                .map(pattern -> KafkaSubscriber.getTopicPatternSubscriber(Pattern.compile(pattern)))
                .orElseGet(() -> KafkaSubscriber.getTopicListSubscriber(options.topics()));
    }

    /** Returns the consumer's properties: what is not given has a default of ours, or Kafka's. */
    static Properties properties(TopicOptions options) {
        Properties properties = options.properties().revealAsProperties();
        properties.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, LONGEST_WAIT_MILLIS);
        properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
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
