package io.millrace.common.source.kafka;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.sink.kafka.KafkaAnswers;
import io.millrace.common.sink.kafka.KafkaConnection;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A topic from its first record to the end that it has now, partition by partition, also what is not committed yet. It
 * has no consumer group, and creates no topic. For one thread.
 */
public final class WholeTopic {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Takes what is read. */
    public interface Reader {

        void take(ConsumedRecord record) throws IOException;

        /** The records of a partition have all been taken; those of the next follow. */
        void endPartition() throws IOException;
    }

    private WholeTopic() {}

    /**
     * Reads it.
     *
     * @throws IOException if Kafka does not answer, or gives nothing for a minute
     */
    public static void read(KafkaConnection kafka, String topic, Reader reader) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer = LoneConsumer.open(kafka, "read_uncommitted", Map.of())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            for (TopicPartition partition : partitions) {
                read(consumer, partition, reader);
                reader.endPartition();
            }
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the topic " + topic + " was read");
        } catch (KafkaException e) {
            throw KafkaAnswers.none(kafka, e);
        }
    }

    private static void read(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, Reader reader)
            throws IOException {
        List<TopicPartition> one = List.of(partition);
        consumer.assign(one);
        consumer.seekToBeginning(one);
        long end = consumer.endOffsets(one).getOrDefault(partition, 0L);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(partition) < end) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                reader.take(CopyRecord.of(record));
            }
            deadline = records.isEmpty() ? deadline : System.nanoTime() + PATIENCE.toNanos();
            if (System.nanoTime() > deadline) {
                throw new IOException("partition " + partition + " gave nothing for " + PATIENCE.toSeconds()
                        + " s although it is not at its end; look at the brokers");
            }
        }
    }
}
