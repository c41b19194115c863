package io.millrace.common.source.kafka;

import io.millrace.common.sink.kafka.KafkaAnswers;
import io.millrace.common.sink.kafka.KafkaConnection;
import java.io.IOException;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Opens a consumer that looks into topics by itself: without a group, and without a trace. */
final class LoneConsumer {

    private LoneConsumer() {}

    /**
     * Opens one.
     *
     * @param isolation {@code read_committed} or {@code read_uncommitted}
     * @param more further properties
     * @throws IOException if the address or a property cannot be used
     */
    static KafkaConsumer<byte[], byte[]> open(KafkaConnection kafka, String isolation, Map<String, String> more)
            throws IOException {
        Properties properties = kafka.reveal();
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        // closing waits for the last fetch, and that one for records
        properties.setProperty(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "20");
        properties.putAll(more);
        try {
            return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw KafkaAnswers.unusable(kafka, e);
        }
    }
}
