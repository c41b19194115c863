package io.millrace.benchmarks.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Bare consumers that throw away what they poll. They have read everything once before any clock starts. */
final class PollLoop implements Peer {

    static final Duration POLL = Duration.ofMillis(100);

    private final List<KafkaConsumer<byte[], byte[]>> consumers = new ArrayList<>();
    private long total;

    @Override
    public void prepare(Settings settings) throws Exception {
        total = settings.number(Settings.RECORDS);
        int threads = settings.number(Settings.THREADS);
        for (int i = 0; i < threads; i++) {
            KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties(settings));
            consumer.assign(share(consumer, settings.get(Settings.TOPIC), i, threads));
            consumers.add(consumer);
        }
        run(done -> {});
    }

    static Properties properties(Settings settings) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", settings.get(Settings.KAFKA));
        properties.put("isolation.level", "read_committed");
        properties.put("max.poll.records", "5000");
        properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
        properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
        return properties;
    }

    static List<TopicPartition> share(KafkaConsumer<byte[], byte[]> consumer, String topic, int thread, int threads) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .filter(partition -> partition.partition() % threads == thread)
                .toList();
    }

    @Override
    public void run(LongConsumer progress) throws Exception {
        AtomicLong done = new AtomicLong();
        Shares.run(consumers, consumer -> {
            consumer.seekToBeginning(consumer.assignment());
            while (done.get() < total) {
                done.addAndGet(consumer.poll(POLL).count());
                progress.accept(done.get());
            }
        });
    }
}
