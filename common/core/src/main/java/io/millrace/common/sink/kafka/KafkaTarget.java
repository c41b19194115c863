package io.millrace.common.sink.kafka;

import io.millrace.common.event.ProducedRecord;
import java.io.Serializable;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Kafka as a sink; each record names its topic. */
public final class KafkaTarget {

    private static final int MOST_REQUEST_TIMEOUT = 30_000;
    private static final long LEAST_BUFFER = 32L * 1024 * 1024;

    /**
     * What becomes a record.
     *
     * @param <T> what it is made from
     */
    public interface Form<T> extends Serializable {

        /** Returns the record. */
        ProducedRecord of(T element);
    }

    private KafkaTarget() {}

    /** Every record is in Kafka before the checkpoint that covers it completes; after a restart some twice. */
    public static KafkaSink<ProducedRecord> atLeastOnce(KafkaTargetConfig config) {
        return atLeastOnce(config, record -> record);
    }

    /**
     * Does what {@link #atLeastOnce(KafkaTargetConfig)} does for what is made into records here.
     *
     * @param <T> what it is made from
     */
    public static <T> KafkaSink<T> atLeastOnce(KafkaTargetConfig config, Form<T> form) {
        return builder(config, form)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .build();
    }

    /** A read-committed reader sees every record once, when the checkpoint that covers it is complete. */
    public static KafkaSink<ProducedRecord> exactlyOnce(KafkaTargetConfig config, Transactions transactions) {
        return exactlyOnce(config, transactions, record -> record);
    }

    /**
     * Does what {@link #exactlyOnce(KafkaTargetConfig, Transactions)} does for what is made into records here.
     *
     * @param <T> what it is made from
     */
    public static <T> KafkaSink<T> exactlyOnce(KafkaTargetConfig config, Transactions transactions, Form<T> form) {
        return builder(config, form)
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(transactions.idPrefix())
                .setProperty(
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        Long.toString(transactions.timeout().toMillis()))
                .build();
    }

    private static <T> KafkaSinkBuilder<T> builder(KafkaTargetConfig config, Form<T> form) {
        return KafkaSink.<T>builder()
                .setBootstrapServers(config.kafka().bootstrapServers())
                .setKafkaProducerConfig(producerProperties(config))
                .setRecordSerializer(new Schema<>(form));
    }

    static Properties producerProperties(KafkaTargetConfig config) {
        long linger = config.linger().toMillis();
        long delivery = config.deliveryTimeout().toMillis();
        long request = Math.min(MOST_REQUEST_TIMEOUT, Math.max(1, delivery - linger));
        Properties properties = config.kafka().reveal();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(
                ProducerConfig.COMPRESSION_TYPE_CONFIG, config.compression().kafkaName());
        properties.put(ProducerConfig.LINGER_MS_CONFIG, Long.toString(linger));
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(config.batchBytes()));
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(config.maxRecordBytes()));
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Long.toString(buffer(config)));
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(request));
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(delivery));
        return properties;
    }

    /** Kafka's own default, unless the largest record would not fit into it. */
    private static long buffer(KafkaTargetConfig config) {
        return Math.max(LEAST_BUFFER, 2L * config.maxRecordBytes());
    }

    private static final class Schema<T> implements KafkaRecordSerializationSchema<T> {

        private static final long serialVersionUID = 1L;

        private final Form<T> form;

        Schema(Form<T> form) {
            this.form = form;
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(T element, KafkaSinkContext context, Long timestamp) {
            return KafkaRecords.toKafka(form.of(element));
        }
    }
}
