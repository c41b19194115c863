package io.millrace.benchmarks.audit;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.crypt.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the whole topic once, before anybody is measured: computes where each chain must end, and makes every key. */
final class References {

    private static final Duration POLL = Duration.ofMillis(100);

    private final String bootstrapServers;
    private final String topic;
    private final KeyDatabase keys;
    private final Map<Integer, Ends.End> clear = new ConcurrentHashMap<>();
    private final Map<Integer, Ends.End> encrypted = new ConcurrentHashMap<>();

    private References(String bootstrapServers, String topic, KeyDatabase keys) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.keys = keys;
    }

    /** Where the chains end, of an archive in clear and of an encrypted one. */
    record Both(Ends clear, Ends encrypted) {}

    static Both of(String bootstrapServers, String topic, KeyDatabase keys) throws Exception {
        // the store makes its tables
        keys.open().close();
        References references = new References(bootstrapServers, topic, keys);
        ExecutorService pool = Executors.newFixedThreadPool(Depot.THREADS);
        try {
            List<Future<?>> ends = IntStream.range(0, AuditTopic.PARTITIONS)
                    .<Future<?>>mapToObj(partition -> pool.submit(() -> {
                        references.follow(partition);
                        return null;
                    }))
                    .toList();
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            pool.shutdownNow();
        }
        return new Both(new Ends(references.clear), new Ends(references.encrypted));
    }

    private void follow(int partition) throws Exception {
        TopicPartition place = new TopicPartition(topic, partition);
        try (KeyStore store = keys.open();
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            Reference reference = new Reference(new ChainId(AuditConfig.ARCHIVE, topic, partition), store);
            consumer.assign(List.of(place));
            consumer.seekToBeginning(List.of(place));
            long end = consumer.endOffsets(List.of(place)).getOrDefault(place, 0L);
            while (consumer.position(place) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    reference.add(record);
                }
            }
            if (end > 0) {
                clear.put(partition, reference.clearEnd());
                encrypted.put(partition, reference.encryptedEnd());
            }
        }
    }
}
