package io.millrace.cli.pipeline;

import io.millrace.cli.CommandFailure;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A record in the topic of a table that no pipeline can read: the reason for one dead letter. */
public record PlantedRecord(String table, String topic, int partition, long offset) {

    private static final String KEY = "{\"id\":-1}";
    private static final String CUT_OFF = "{\"op\":\"u\",\"after\":{\"id\":-1, this is where the producer crashed";

    /** Writes what a producer left that crashed in the middle of a message. */
    public static PlantedRecord cutOff(String bootstrap, String table) throws InterruptedException {
        return broken(bootstrap, table, CUT_OFF);
    }

    /** Writes a message that no pipeline can read. */
    public static PlantedRecord broken(String bootstrap, String table, String value) throws InterruptedException {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(PipelineTargets.TOPIC_PREFIX + table, bytes(KEY), bytes(value));
        record.headers().add("made-by", bytes("millrace"));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings(bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            RecordMetadata written = producer.send(record).get(30, TimeUnit.SECONDS);
            return new PlantedRecord(table, record.topic(), written.partition(), written.offset());
        } catch (ExecutionException | TimeoutException e) {
            throw new CommandFailure(
                    "a record could not be written to topic `" + record.topic() + "`: " + e.getMessage(), e);
        }
    }

    /** One large record must fit, and its compressed form into the broker's limit. */
    private static Map<String, Object> settings(String bootstrap) {
        return Map.of(
                "bootstrap.servers",
                bootstrap,
                "acks",
                "all",
                "compression.type",
                "gzip",
                "max.request.size",
                16 << 20,
                "buffer.memory",
                32L << 20);
    }

    /** Returns {@code topic-partition@offset}. */
    String position() {
        return topic + "-" + partition + "@" + offset;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
