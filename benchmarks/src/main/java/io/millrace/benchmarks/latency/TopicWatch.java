package io.millrace.benchmarks.latency;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Sees each row when a consumer gets its record. */
public final class TopicWatch {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(50);

    private TopicWatch() {}

    /**
     * Begins at the ends of the topic as they are now.
     *
     * @param partitions of the topic, all
     */
    public static Watch start(String bootstrapServers, List<TopicPartition> partitions, Commits commits) {
        Schedule schedule = commits.schedule();
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("fetch.max.wait.ms", "10");
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        long rows = (long) schedule.ticks() * schedule.rowsOfATick();
        return new LoopWatch("kafka", rows, commits, new LoopWatch.Look() {
            @Override
            public void at(IntConsumer arrived) throws IOException {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    long id = JSON.readTree(record.key())
                            .path("payload")
                            .path("id")
                            .asLong();
                    if (schedule.has(id)) {
                        arrived.accept(schedule.tickOf(id));
                    }
                }
            }

            @Override
            public void end() {
                consumer.close(Duration.ZERO);
            }
        });
    }
}
