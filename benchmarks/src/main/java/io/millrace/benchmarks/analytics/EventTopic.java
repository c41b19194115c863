package io.millrace.benchmarks.analytics;

import io.millrace.benchmarks.stage.FreshTopic;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Topics of events, and what the job needs beside them. */
record EventTopic(String bootstrapServers) {

    static final int PARTITIONS = 4;

    private static final Map<String, String> FOR_EVER = Map.of("retention.ms", "-1");

    /** Behind the end of the events: everything before it is over for who waits for 5 s. */
    private static final long CLOSING = 30_000;

    /** Makes a topic anew and empty. */
    void create(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            FreshTopic.create(admin, new NewTopic(topic, PARTITIONS, (short) 1).configs(FOR_EVER));
        }
    }

    /** Makes topics that are not there. */
    void createMissing(List<String> topics) throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            for (String topic : topics) {
                FreshTopic.createIfMissing(admin, new NewTopic(topic, 1, (short) 1).configs(FOR_EVER));
            }
        }
    }

    /** Fills a topic, and returns the beginning of the SHA-256 of all values, partition by partition. */
    String fill(EventKind kind, long events, TimeSpan span, long seed) throws ExecutionException, InterruptedException {
        create(kind.topic());
        SplittableRandom random = new SplittableRandom(seed);
        try (Filling filling = new Filling(kind.topic())) {
            for (long i = 0; i < events; i++) {
                Event event = kind.make(span.timeOf(i, events, random), random);
                filling.send(event, event.partition(PARTITIONS));
            }
            for (int partition = 0; partition < PARTITIONS; partition++) {
                filling.send(kind.closing(span.end() + CLOSING), partition);
            }
            return filling.end();
        }
    }

    /** Sends events, and digests what it sends. */
    private final class Filling implements AutoCloseable {

        private final KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
        private final List<MessageDigest> digests =
                Stream.generate(EventTopic::sha256).limit(PARTITIONS).toList();
        private final String topic;
        private volatile @Nullable Exception failure;

        Filling(String topic) {
            this.topic = topic;
        }

        void send(Event event, int partition) {
            byte[] key = event.key().getBytes(StandardCharsets.UTF_8);
            byte[] value = event.bytes();
            digests.get(partition).update(value);
            Future<RecordMetadata> unused =
                    producer.send(new ProducerRecord<>(topic, partition, event.time(), key, value), (place, error) -> {
                        failure = error == null ? failure : error;
                    });
        }

        String end() {
            producer.flush();
            if (failure != null) {
                throw new IllegalStateException("the topic " + topic + " could not be filled", failure);
            }
            MessageDigest all = sha256();
            digests.forEach(digest -> all.update(digest.digest()));
            return HexFormat.of().formatHex(all.digest()).substring(0, 16);
        }

        @Override
        public void close() {
            producer.close();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> settings() {
        return Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 20, "batch.size", 256 * 1024);
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }
}
