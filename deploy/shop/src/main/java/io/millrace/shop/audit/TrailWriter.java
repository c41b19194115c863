package io.millrace.shop.audit;

import io.millrace.shop.WorkloadException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes a trail in transactions: what belongs together is there or not, and what is taken back leaves a hole. */
final class TrailWriter implements AutoCloseable {

    private final String topic;
    private final TrailCounts counts;
    private final KafkaProducer<byte[], byte[]> producer;

    TrailWriter(String bootstrap, String topic, TrailCounts counts) {
        this.topic = topic;
        this.counts = counts;
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "transactional.id",
                        "audit-trail",
                        "compression.type",
                        "gzip",
                        "buffer.memory",
                        16L << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw new WorkloadException("the audit trail cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Writes records, and commits them or takes them back.
     *
     * @param times of the records, in epoch milliseconds, for topics that take them; null for now
     */
    void write(List<TrailRecord> records, @Nullable List<Long> times, boolean isTakenBack) {
        producer.beginTransaction();
        for (int i = 0; i < records.size(); i++) {
            Future<RecordMetadata> unused = producer.send(record(records.get(i), times == null ? null : times.get(i)));
        }
        if (isTakenBack) {
            producer.flush();
            producer.abortTransaction();
            counts.addTakenBack(records.size());
        } else {
            producer.commitTransaction();
            counts.addEvents(
                    records.size(),
                    records.stream().filter(TrailRecord::isBroken).count());
        }
    }

    private ProducerRecord<byte[], byte[]> record(TrailRecord told, @Nullable Long time) {
        String key = told.key();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, null, time, key == null ? null : bytes(key), told.value());
        record.headers().add("event-type", bytes(told.eventType()));
        record.headers().add("correlation-id", bytes(told.correlationId()));
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
