package io.millrace.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes topics, fills them and reads them whole.
 *
 * @param bootstrap Kafka's bootstrap servers
 */
public record KafkaTopics(String bootstrap) {

    private static final String A_WEEK = "604800000";
    private static final int LARGEST_REQUEST = 16 * 1024 * 1024;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CREATE_DEADLINE = Duration.ofSeconds(60);
    private static final Duration READ_DEADLINE = Duration.ofSeconds(60);
    private static final Duration WRITTEN_DEADLINE = Duration.ofMinutes(3);

    /** Creates a topic with Kafka's default settings; the broker knows it when this returns. */
    public void create(String topic, int partitions) {
        create(topic, partitions, Map.of());
    }

    /** Creates a topic that keeps the last record of each key for ever, as those of captured tables must. */
    public void createCompacted(String topic, int partitions) {
        create(topic, partitions, Map.of("cleanup.policy", "compact", "delete.retention.ms", A_WEEK));
    }

    /** Creates a topic with settings such as {@code cleanup.policy}. */
    public void create(String topic, int partitions, Map<String, String> settings) {
        NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.of((short) 1)).configs(settings);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(wanted)).all().get();
            awaitKnown(admin, topic);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The topic " + topic + " could not be created", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Deletes a topic; no broker knows it when this returns. */
    public void delete(String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.deleteTopics(List.of(topic)).all().get();
            await("no broker knows the topic " + topic)
                    .atMost(CREATE_DEADLINE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> !admin.listTopics().names().get().contains(topic));
        } catch (ExecutionException e) {
            throw new IllegalStateException("The topic " + topic + " could not be deleted", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The controller makes a topic, and the broker learns of it a moment later. */
    private static void awaitKnown(Admin admin, String topic) {
        await("the broker knows the topic " + topic)
                .atMost(CREATE_DEADLINE)
                .pollInterval(Duration.ofMillis(10))
                .ignoreExceptionsMatching(e -> e.getCause() instanceof UnknownTopicOrPartitionException)
                .until(() -> admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                        .flatMap(shown -> shown.partitions().stream())
                        .allMatch(partition -> partition.leader() != null));
    }

    /** Writes records and returns when the broker has them all. */
    public void write(List<ProducerRecord<byte[], byte[]>> records) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrap,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                LARGEST_REQUEST);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var sent = records.stream().map(producer::send).toList();
            for (var one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A record could not be written", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Reads what is in a topic at this moment, and has been committed, from the first record to the last; order holds
     * within a partition.
     */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return read(topic, "read_committed");
    }

    /** Waits until somebody has written as many records, or more, and returns what the topic has then. */
    public List<ConsumerRecord<byte[], byte[]>> awaitAtLeast(int count, String topic) {
        return await(count + " records in " + topic)
                .atMost(WRITTEN_DEADLINE)
                .until(() -> read(topic), records -> records.size() >= count);
    }

    /** Reads as {@link #read(String)} does, and what was taken back or is not decided too. */
    public List<ConsumerRecord<byte[], byte[]>> readUncommitted(String topic) {
        return read(topic, "read_uncommitted");
    }

    /**
     * Waits until every transaction of a topic is decided. The broker writes the end of one a moment after its producer was
     * told of it; until then nobody reads, as committed, what was written behind its beginning.
     */
    public void awaitDecided(String topic) {
        await("every transaction of the topic " + topic + " is decided")
                .atMost(WRITTEN_DEADLINE)
                .until(() -> ends(topic, "read_committed").equals(ends(topic, "read_uncommitted")));
    }

    private Map<TopicPartition, Long> ends(String topic, String isolation) {
        try (var consumer = consumer(isolation)) {
            return consumer.endOffsets(partitions(consumer, topic));
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic, String isolation) {
        try (var consumer = consumer(isolation)) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return readTo(consumer, consumer.endOffsets(partitions));
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrap,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                isolation,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                "false",
                // closing waits for the last fetch, and that one for records
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                "20");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private static List<ConsumerRecord<byte[], byte[]>> readTo(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long deadline = System.nanoTime() + READ_DEADLINE.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The end " + ends + " was not reached: nothing came for "
                        + READ_DEADLINE.toSeconds() + " s; " + records.size() + " records were read");
            }
            ConsumerRecords<byte[], byte[]> came = consumer.poll(POLL);
            came.forEach(records::add);
            deadline = came.isEmpty() ? deadline : System.nanoTime() + READ_DEADLINE.toNanos();
        }
        records.removeIf(record -> record.offset() >= ends.getOrDefault(partition(record), 0L));
        return records;
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted", e);
    }
}
