package io.millrace.common.source.kafka;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.sink.kafka.KafkaAnswers;
import io.millrace.common.sink.kafka.KafkaConnection;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * The ends of topics, read committed and backwards, as far as somebody needs to look. All partitions are read at once,
 * in windows of offsets that double; compaction, transaction markers and aborted records leave holes in them. It has no
 * consumer group, and creates no topic. For one thread.
 */
public final class TopicTail implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaConnection kafka;
    private final Duration patience;
    private final long deadline;

    /** What somebody looks for at the end of one partition. */
    public interface Look {

        /** Takes a record. They come in their order within a window, and each window lies before the one before. */
        void at(ConsumedRecord record);

        /** Tells, when a window has been read, whether nothing before it is needed. */
        boolean isDone();
    }

    private TopicTail(KafkaConsumer<byte[], byte[]> consumer, KafkaConnection kafka, Duration patience) {
        this.consumer = consumer;
        this.kafka = kafka;
        this.patience = patience;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /**
     * Opens a consumer.
     *
     * @param patience how long all reading may take, from now on
     * @throws IOException if the address or a property cannot be used
     */
    public static TopicTail open(KafkaConnection kafka, Duration patience) throws IOException {
        String answerWithin = Long.toString(patience.toMillis());
        KafkaConsumer<byte[], byte[]> consumer = LoneConsumer.open(
                kafka, "read_committed", Map.of(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, answerWithin));
        return new TopicTail(consumer, kafka, patience);
    }

    /**
     * Shows the records of topics, from their ends backwards.
     *
     * @param topics that exist
     * @param window offsets of each partition to read first
     * @param looks makes what looks at a partition; an empty one is not looked at
     * @throws IOException if Kafka does not answer, or the time is up; what was seen until then holds
     */
    public void read(Collection<String> topics, int window, Function<TopicPartition, Look> looks) throws IOException {
        try {
            List<Reading> open = begin(topics, looks);
            for (long size = window; !open.isEmpty(); size *= 2) {
                for (Reading reading : open) {
                    reading.goBack(size);
                }
                readWindows(open);
                open.removeIf(Reading::isOver);
            }
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the ends of topics were read");
        } catch (KafkaException e) {
            throw KafkaAnswers.none(kafka, e);
        }
    }

    /**
     * Returns the offset behind the last committed record of each partition.
     *
     * @param topics that exist
     * @throws IOException if Kafka does not answer
     */
    public Map<TopicPartition, Long> ends(Collection<String> topics) throws IOException {
        try {
            return consumer.endOffsets(partitions(topics));
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the ends of topics were asked for");
        } catch (KafkaException e) {
            throw KafkaAnswers.none(kafka, e);
        }
    }

    private List<TopicPartition> partitions(Collection<String> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        return partitions;
    }

    private List<Reading> begin(Collection<String> topics, Function<TopicPartition, Look> looks) {
        List<TopicPartition> partitions = partitions(topics);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        List<Reading> open = new ArrayList<>();
        consumer.endOffsets(partitions).forEach((partition, end) -> {
            long begin = begins.getOrDefault(partition, 0L);
            if (begin < end) {
                open.add(new Reading(partition, looks.apply(partition), begin, end));
            }
        });
        return open;
    }

    private void readWindows(List<Reading> open) throws IOException {
        Map<TopicPartition, Reading> pending = new HashMap<>();
        open.forEach(reading -> pending.put(reading.partition, reading));
        consumer.assign(pending.keySet());
        // a partition that stays assigned stays paused
        consumer.resume(pending.keySet());
        pending.forEach((partition, reading) -> consumer.seek(partition, reading.from));
        while (!pending.isEmpty()) {
            requireTime(pending.keySet());
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                show(record, pending.get(new TopicPartition(record.topic(), record.partition())));
            }
            List<TopicPartition> read = pending.values().stream()
                    .filter(reading -> consumer.position(reading.partition) >= reading.to)
                    .map(reading -> reading.partition)
                    .toList();
            consumer.pause(read);
            read.forEach(pending::remove);
        }
    }

    private static void show(ConsumerRecord<byte[], byte[]> record, @Nullable Reading reading) {
        if (reading != null && record.offset() < reading.to) {
            reading.look.at(CopyRecord.of(record));
        }
    }

    private void requireTime(Collection<TopicPartition> pending) throws IOException {
        if (System.nanoTime() > deadline) {
            throw new IOException("the ends of " + pending.size() + " partitions at " + kafka.bootstrapServers()
                    + " were not read within " + patience.toSeconds() + " s, "
                    + pending.iterator().next()
                    + " among them; try again when Kafka is less busy");
        }
    }

    @Override
    public void close() {
        consumer.close(Duration.ZERO);
    }

    /** How far back a partition has been read. */
    private static final class Reading {

        private final TopicPartition partition;
        private final Look look;
        private final long begin;
        private long from;
        private long to;

        Reading(TopicPartition partition, Look look, long begin, long end) {
            this.partition = partition;
            this.look = look;
            this.begin = begin;
            this.from = end;
            this.to = end;
        }

        void goBack(long offsets) {
            to = from;
            from = Math.max(begin, from - offsets);
        }

        boolean isOver() {
            return look.isDone() || from <= begin;
        }
    }
}
