package io.millrace.cli.audit;

import io.millrace.archive.chain.ChainId;
import io.millrace.cli.CommandFailure;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topic from which an archive is written. */
final class AuditTopic implements AutoCloseable {
    private final Properties client;
    private final ChainId any;
    private final Admin admin;
    private int partitions;

    /** @param any any chain of the archive */
    AuditTopic(Properties client, ChainId any) {
        this.client = client;
        this.any = any;
        this.admin = Admin.create(client);
    }

    void requireThere() {
        var descriptions = await(admin.describeTopics(List.of(name())).allTopicNames());
        partitions = descriptions.values().iterator().next().partitions().size();
    }

    String name() {
        return any.topic();
    }

    String archive() {
        return any.archive();
    }

    int partitions() {
        return partitions;
    }

    /** The last offset of each partition that ever had a record, whether or not its transaction was committed. */
    Map<ChainId, Long> lastOffsets() {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            asked.put(new TopicPartition(name(), partition), OffsetSpec.latest());
        }
        Map<ChainId, Long> last = new HashMap<>();
        await(admin.listOffsets(asked).all()).forEach((partition, end) -> {
            if (end.offset() > 0) {
                last.put(new ChainId(archive(), name(), partition.partition()), end.offset() - 1);
            }
        });
        return last;
    }

    /** How long the broker keeps records of the topic. */
    TopicRetention retention() {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name());
        Config config =
                await(admin.describeConfigs(List.of(resource)).all()).getOrDefault(resource, new Config(List.of()));

        Map<String, String> values = new TreeMap<>();
        config.entries().forEach(entry -> values.put(entry.name(), String.valueOf(entry.value())));
        return TopicRetention.of(values);
    }

    /**
     * Writes an event, and returns when all replicas have it.
     *
     * @return its position, as {@code partition:offset}
     */
    String send(String eventType, UUID correlation, byte[] event) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.put("acks", "all");
        properties.put("enable.idempotence", "true");
        properties.put("delivery.timeout.ms", "30000");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(name(), event);
            record.headers().add("event-type", eventType.getBytes(StandardCharsets.UTF_8));
            record.headers().add("correlation-id", correlation.toString().getBytes(StandardCharsets.UTF_8));
            RecordMetadata written = await(producer.send(record));
            return written.partition() + ":" + written.offset();
        }
    }

    private <T> T await(Future<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new CommandFailure(
                    "Kafka at " + client.getProperty("bootstrap.servers") + ", topic `" + name() + "`, answered: "
                            + cause.getMessage(),
                    cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while waiting for Kafka", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
