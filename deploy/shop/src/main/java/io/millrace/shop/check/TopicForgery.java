package io.millrace.shop.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Repeats the last change of a row that still exists, with another value. */
final class TopicForgery {

    private final SourceSnapshot source;
    private final SourceTable shape;
    private @Nullable ConsumerRecord<byte[], byte[]> original;

    TopicForgery(SourceSnapshot source, String table) {
        this.source = source;
        this.shape = source.table(table);
    }

    void consider(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() != null && record.key() != null) {
            JsonNode after = payload(Json.parse(record.value())).path("after");
            if (source.rows(shape.name()).containsKey(shape.keyOf(after))) {
                original = record;
            }
        }
    }

    /** Writes the forged change; returns the key of its row. */
    String send(String bootstrap, String topic) {
        ConsumerRecord<byte[], byte[]> record = original;
        if (record == null) {
            throw new TargetException("topic " + topic + " has no row of " + shape.name() + " to damage");
        }
        JsonNode envelope = Json.parse(record.value());
        ObjectNode after = (ObjectNode) payload(envelope).path("after");
        Sabotage.damage(after, shape);
        byte[] value = envelope.toString().getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, record.partition(), record.key(), value, record.headers()))
                    .get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new TargetException("topic " + topic + " does not take a record: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetException("interrupted while a record was sent to topic " + topic, e);
        }
        return shape.keyOf(after).toString();
    }

    private static JsonNode payload(JsonNode envelope) {
        return envelope.has("payload") ? envelope.path("payload") : envelope;
    }
}
