package io.millrace.cli.fault;

import io.millrace.cli.CommandFailure;
import io.millrace.shop.audit.AuditTrail;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** What somebody writes into the topic of audit events who wants to break what reads it. */
final class HostileTrail {

    private static final int RECORDS = 400;
    private static final int LARGE = 900_000;
    private static final int LARGEST_SENT = 16 << 20;
    private static final int DEEP = 20_000;
    private static final String BEGIN = "{\"eventType\":\"DOCUMENT_READ\",\"userId\":\"customer-1\",\"x\":";

    private HostileTrail() {}

    /** Writes records of every kind, in no order; returns how many. */
    static int write(String bootstrap, Random random) throws InterruptedException {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrap, "compression.type", "gzip", "max.request.size", LARGEST_SENT);
        List<Future<RecordMetadata>> written = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                written.add(producer.send(record(random)));
            }
            for (Future<RecordMetadata> record : written) {
                record.get();
            }
        } catch (ExecutionException e) {
            throw new CommandFailure("`" + AuditTrail.TOPIC + "` could not be written: " + e.getMessage(), e);
        }
        return RECORDS;
    }

    private static ProducerRecord<byte[], byte[]> record(Random random) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(AuditTrail.TOPIC, null, key(random), value(random));
        record.headers().add("event-type", noise(random, 20));
        record.headers().add("event-type", null);
        return record;
    }

    private static byte @Nullable [] key(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> bytes("customer-1\0'; DROP TABLE audit_events; --\r\n../../x");
            default -> noise(random, 40);
        };
    }

    private static byte @Nullable [] value(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> noise(random, 300);
            case 3 -> bytes(BEGIN + "[".repeat(DEEP) + "]".repeat(DEEP) + "}");
            case 4 -> bytes(BEGIN + "[".repeat(DEEP));
            // one in ten of these is as large as a broker takes
            case 5 -> bytes(BEGIN + "\"" + "x".repeat(random.nextInt(10) == 0 ? LARGE : 300_000) + "\"}");
            case 6 -> bytes("[" + BEGIN + "1}]");
            default -> bytes(BEGIN + "1");
        };
    }

    /** Begins as no JSON does. */
    private static byte[] noise(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        bytes[0] = (byte) 0xff;
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
