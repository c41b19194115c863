package io.millrace.benchmarks.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer that a user would write by hand: polls, parses with Jackson, writes with the plain client, and commits its
 * offsets as often as our job completes a checkpoint, after what came before is written. At least once.
 */
final class TopicLoop implements Peer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long COMMIT_NANOS = 3_000_000_000L;
    private static final String MOST_RECORDS = "5000";

    private final Function<Settings, RowWriter> writers;
    private final List<KafkaConsumer<byte[], byte[]>> consumers = new ArrayList<>();
    private final List<RowWriter> threads = new ArrayList<>();

    TopicLoop(Function<Settings, RowWriter> writers) {
        this.writers = writers;
    }

    @Override
    public void prepare(Settings settings) {
        for (int i = 0; i < settings.number(Settings.THREADS); i++) {
            KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties(settings));
            consumer.subscribe(List.of(settings.get(Settings.TOPIC)));
            consumers.add(consumer);
            threads.add(writers.apply(settings));
        }
    }

    private static Properties properties(Settings settings) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", settings.get(Settings.KAFKA));
        properties.put("group.id", "bench-" + ProcessHandle.current().pid());
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", "false");
        properties.put("isolation.level", "read_committed");
        properties.put("max.poll.records", MOST_RECORDS);
        properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
        properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
        return properties;
    }

    @Override
    public void run(LongConsumer progress) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(consumers.size());
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < consumers.size(); i++) {
            KafkaConsumer<byte[], byte[]> consumer = consumers.get(i);
            RowWriter writer = threads.get(i);
            ends.add(pool.submit(() -> {
                consume(consumer, writer);
                return null;
            }));
        }
        for (Future<?> end : ends) {
            end.get();
        }
    }

    private static void consume(KafkaConsumer<byte[], byte[]> consumer, RowWriter writer) throws Exception {
        long committed = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                take(record.value(), writer);
            }
            writer.tick();
            if (System.nanoTime() - committed > COMMIT_NANOS) {
                writer.flush();
                consumer.commitSync();
                committed = System.nanoTime();
            }
        }
    }

    private static void take(byte[] value, RowWriter writer) throws Exception {
        JsonNode row = JSON.readTree(value).path("payload").path("after");
        writer.write(row.path("id").asLong(), row);
    }
}
