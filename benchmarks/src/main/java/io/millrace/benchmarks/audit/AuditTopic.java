package io.millrace.benchmarks.audit;

import io.millrace.archive.bytes.Sha256;
import io.millrace.benchmarks.audit.AuditEvents.AuditEvent;
import io.millrace.benchmarks.stage.FreshTopic;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A topic of audit events, and those that the job wants beside it. */
final class AuditTopic {

    /** As many as the project's own topic has. */
    static final int PARTITIONS = 10;

    private static final Map<String, String> SETTINGS =
            Map.of("retention.ms", "-1", "message.timestamp.type", "LogAppendTime");
    private static final List<String> BESIDE = List.of("audit-digests", "dead-letter-queue");

    private final String bootstrapServers;
    private final String name;
    private volatile @Nullable Exception failure;

    AuditTopic(String bootstrapServers, String name) {
        this.bootstrapServers = bootstrapServers;
        this.name = name;
    }

    /** Makes it anew and empty, and those beside it that are missing. */
    void create() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            FreshTopic.create(admin, new NewTopic(name, PARTITIONS, (short) 1).configs(SETTINGS));
            for (String beside : BESIDE) {
                FreshTopic.createIfMissing(admin, new NewTopic(beside, 1, (short) 1));
            }
        }
    }

    /** Writes events, and returns the beginning of the SHA-256 of all keys and values. */
    String fill(AuditEvents events, long count) {
        MessageDigest digest = Sha256.digest();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 20, "batch.size", 256 * 1024);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long i = 0; i < count; i++) {
                AuditEvent event = events.next();
                digest.update(event.key());
                digest.update(event.value());
                Future<RecordMetadata> unused = producer.send(
                        new ProducerRecord<>(name, null, event.key(), event.value(), event.headers()), this::answered);
            }
        }
        if (failure != null) {
            throw new IllegalStateException("the topic " + name + " could not be filled", failure);
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }

    private void answered(RecordMetadata place, @Nullable Exception error) {
        failure = error == null ? failure : error;
    }
}
