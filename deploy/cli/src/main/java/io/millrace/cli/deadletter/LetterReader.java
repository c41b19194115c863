package io.millrace.cli.deadletter;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.UngroupedConsumer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Reads a dead-letter topic as it is now, without a consumer group: nothing remembers that it was read. */
final class LetterReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final String cluster;

    LetterReader(Properties client, String topic) {
        this.consumer = UngroupedConsumer.of(client);
        this.topic = topic;
        this.cluster = client.getProperty("bootstrap.servers");
    }

    /** Gives every letter that is there now, partition by partition in the order of offsets. */
    void readAll(Consumer<Letter> each) {
        List<TopicPartition> partitions = partitions();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.offset() < ends.getOrDefault(new TopicPartition(topic, record.partition()), 0L)) {
                    each.accept(letter(record));
                }
            }
            deadline = records.isEmpty() ? deadline : System.nanoTime() + PATIENCE.toNanos();
            if (System.nanoTime() > deadline) {
                throw new CommandFailure("topic `" + topic + "` at " + cluster + " gave nothing for "
                        + PATIENCE.toSeconds() + " s although it is not at its end; look at the brokers");
            }
        }
    }

    /** The letter at an offset, if there is one: retention and transactions leave holes. */
    Optional<Letter> read(int partition, long offset) {
        TopicPartition at = new TopicPartition(topic, partition);
        List<TopicPartition> partitions = partitions();
        if (!partitions.contains(at)) {
            throw new CommandFailure(
                    "topic `" + topic + "` has no partition " + partition + "; it has 0 to " + (partitions.size() - 1));
        }
        consumer.assign(List.of(at));
        long begin = consumer.beginningOffsets(List.of(at)).getOrDefault(at, 0L);
        long end = consumer.endOffsets(List.of(at)).getOrDefault(at, 0L);
        if (offset < begin || offset >= end) {
            throw new CommandFailure("partition " + partition + " of topic `" + topic + "` "
                    + (begin == end ? "is empty" : "holds the offsets " + begin + " to " + (end - 1)) + "; there is no "
                    + offset);
        }
        consumer.seek(at, offset);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(at) <= offset && System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                return record.offset() == offset ? Optional.of(letter(record)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Whether there is such a topic. */
    boolean exists() {
        return !found().isEmpty();
    }

    private List<PartitionInfo> found() {
        try {
            return Objects.requireNonNullElse(consumer.partitionsFor(topic), List.of());
        } catch (KafkaException e) {
            throw new CommandFailure("Kafka at " + cluster + " answered: " + e.getMessage(), e);
        }
    }

    private List<TopicPartition> partitions() {
        List<PartitionInfo> infos = found();
        if (infos.isEmpty()) {
            throw new CommandFailure("Kafka at " + cluster + " has no topic `" + topic
                    + "`; name another one with --topic, or create it with `millrace topics apply`");
        }
        List<TopicPartition> partitions = new ArrayList<>();
        infos.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        return partitions;
    }

    private static Letter letter(ConsumerRecord<byte[], byte[]> record) {
        List<Letter.Header> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new Letter.Header(header.key(), header.value())));
        return new Letter(
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                headers,
                record.key(),
                record.value());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
