package io.millrace.common.sink.deadletter;

import io.millrace.common.failure.DeadLetter;
import io.millrace.common.sink.kafka.KafkaRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The dead-letter topic as a sink, for streams of dead letters such as a parser's. */
public final class DeadLetterSink {

    private DeadLetterSink() {}

    /** Each dead letter is in Kafka before the checkpoint that covers it completes; after a restart some twice. */
    public static KafkaSink<DeadLetter> atLeastOnce(DeadLetterConfig config) {
        Properties properties = config.kafka().reveal();
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(config.maxRecordBytes() + 64 * 1024));
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        return KafkaSink.<DeadLetter>builder()
                .setBootstrapServers(config.kafka().bootstrapServers())
                .setKafkaProducerConfig(properties)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new Schema(config))
                .build();
    }

    private static final class Schema implements KafkaRecordSerializationSchema<DeadLetter> {

        private static final long serialVersionUID = 1L;

        private final DeadLetterConfig config;
        private transient @Nullable DeadLetters letters;

        Schema(DeadLetterConfig config) {
            this.config = config;
        }

        @Override
        public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext)
                throws IOException {
            letters = new DeadLetters(config);
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(DeadLetter letter, KafkaSinkContext context, Long timestamp) {
            if (letters == null) {
                throw new IllegalStateException("the schema is not open");
            }
            try {
                return KafkaRecords.toKafka(letters.toRecord(letter));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
