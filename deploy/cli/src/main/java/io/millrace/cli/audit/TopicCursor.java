package io.millrace.cli.audit;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.UngroupedConsumer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Goes through the partitions of a topic as they are now, without a consumer group: nothing remembers that it was read. */
final class TopicCursor implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final String cluster;
    private TopicPartition partition;
    private long end;
    private long at = -1;
    private Iterator<ConsumerRecord<byte[], byte[]>> fetched =
            List.<ConsumerRecord<byte[], byte[]>>of().iterator();
    private @Nullable ConsumerRecord<byte[], byte[]> next;

    TopicCursor(Properties client, String topic) {
        this.consumer = UngroupedConsumer.of(client);
        this.topic = topic;
        this.cluster = client.getProperty("bootstrap.servers");
        this.partition = new TopicPartition(topic, 0);
    }

    /** How many partitions the topic has. */
    int partitions() {
        List<PartitionInfo> infos;
        try {
            infos = consumer.partitionsFor(topic);
        } catch (KafkaException e) {
            throw new CommandFailure("Kafka at " + cluster + " answered: " + e.getMessage(), e);
        }
        if (infos == null || infos.isEmpty()) {
            throw new CommandFailure("Kafka at " + cluster + " has no topic `" + topic + "`");
        }
        return infos.size();
    }

    /** Goes to a partition's first record. */
    void open(int number) {
        partition = new TopicPartition(topic, number);
        consumer.assign(List.of(partition));
        end = offset(consumer.endOffsets(List.of(partition)));
        at = -1;
        seek(begin());
    }

    /** The offset of the first record that is kept. */
    long begin() {
        return offset(consumer.beginningOffsets(List.of(partition)));
    }

    /** The offset behind the last record that there was when the partition was opened. */
    long end() {
        return end;
    }

    private long offset(Map<TopicPartition, Long> offsets) {
        return offsets.getOrDefault(partition, 0L);
    }

    /** Goes to the first record from an offset on. */
    void seek(long offset) {
        if (offset == at) {
            // what was fetched is still good
            return;
        }
        at = offset;
        consumer.seek(partition, offset);
        fetched = List.<ConsumerRecord<byte[], byte[]>>of().iterator();
        next = null;
    }

    /** The next record, which stays the next one; nothing at the end. */
    Optional<ConsumerRecord<byte[], byte[]>> peek() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (next == null) {
            if (fetched.hasNext()) {
                next = fetched.next();
            } else if (consumer.position(partition) >= end) {
                return Optional.empty();
            } else if (System.nanoTime() > deadline) {
                throw new CommandFailure("topic `" + topic + "` at " + cluster + " gave nothing for "
                        + PATIENCE.toSeconds() + " s although it is not at its end; look at the brokers");
            } else {
                fetched = consumer.poll(POLL).iterator();
            }
        }
        return next.offset() < end ? Optional.of(next) : Optional.empty();
    }

    /** Goes behind the record that {@link #peek} returned. */
    void skip() {
        at = next == null ? at : next.offset() + 1;
        next = null;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
