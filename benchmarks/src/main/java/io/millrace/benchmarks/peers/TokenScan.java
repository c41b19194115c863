package io.millrace.benchmarks.peers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks at each token of the topic's first values, which are in memory, and keeps none of them. */
final class TokenScan implements Peer {

    private static final int SAMPLE = 200_000;
    private static final int REHEARSALS = 5;
    private static final int REPORT = 5_000;

    private final JsonFactory json = new JsonFactory();
    private final List<byte[]> values = new ArrayList<>(SAMPLE);
    private long total;
    private int threads;

    @Override
    public void prepare(Settings settings) throws Exception {
        threads = settings.number(Settings.THREADS);
        total = settings.number(Settings.RECORDS);
        TopicPartition partition = new TopicPartition(settings.get(Settings.TOPIC), 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", settings.get(Settings.KAFKA)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = Math.min(SAMPLE, consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L));
            while (values.size() < end) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(100))) {
                    values.add(each.value());
                }
            }
        }
        for (int i = 0; i < REHEARSALS; i++) {
            scan((long) values.size() * threads, done -> {});
        }
    }

    @Override
    public void run(LongConsumer progress) throws Exception {
        scan(total, progress);
    }

    private void scan(long records, LongConsumer progress) throws Exception {
        AtomicLong done = new AtomicLong();
        Shares.run(IntStream.range(0, threads).boxed().toList(), thread -> {
            long mine = records / threads + (thread < records % threads ? 1 : 0);
            for (long i = 0; i < mine; i++) {
                scan(values.get((int) (i % values.size())));
                if ((i + 1) % REPORT == 0 || i + 1 == mine) {
                    progress.accept(done.addAndGet(i % REPORT + 1));
                }
            }
        });
    }

    private void scan(byte[] value) throws IOException {
        try (JsonParser parser = json.createParser(value)) {
            while (parser.nextToken() != null) {
                // the look is all
            }
        }
    }
}
