package io.millrace.cli.demo;

import io.millrace.cli.CommandFailure;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** A record that no pipeline can read, and where it stands: the reason for one dead letter. */
record BrokenRecord(String table, String topic, int partition, long offset) {

    private static final String KEY = "{\"id\":-1}";
    private static final String VALUE = "{\"op\":\"u\",\"after\":{\"id\":-1, this is where the producer crashed";

    /** Writes one to the topic of a table. */
    static BrokenRecord write(String bootstrap, String table) throws InterruptedException {
        String topic = DemoTargets.TOPIC_PREFIX + table;
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            ProducerRecord<String, String> record = new ProducerRecord<>(topic, KEY, VALUE);
            record.headers().add("made-by", "millrace demo".getBytes(StandardCharsets.UTF_8));
            RecordMetadata written = producer.send(record).get(30, TimeUnit.SECONDS);
            return new BrokenRecord(table, topic, written.partition(), written.offset());
        } catch (ExecutionException | TimeoutException e) {
            throw new CommandFailure("a record could not be written to topic `" + topic + "`: " + e.getMessage(), e);
        }
    }

    /** Returns {@code topic-partition@offset}. */
    String position() {
        return topic + "-" + partition + "@" + offset;
    }
}
