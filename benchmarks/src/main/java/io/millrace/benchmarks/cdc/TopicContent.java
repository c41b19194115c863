package io.millrace.benchmarks.cdc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.millrace.benchmarks.workload.BenchRow;
import io.millrace.benchmarks.workload.Checksum;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What topics hold by the last record of each key: the hash of its row. */
final class TopicContent {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Map<Long, Checksum>> rows = new HashMap<>();

    /** Takes records, those of a partition in its order. */
    private interface Records {
        void take(ConsumerRecord<byte[], byte[]> record) throws IOException;
    }

    private TopicContent() {}

    /**
     * Reads topics of one broker from their beginning to their end of now, all partitions at once: one after the other,
     * each would wait for the last request of the one before.
     */
    static TopicContent read(List<BenchTopic> topics) throws IOException {
        TopicContent content = new TopicContent();
        List<TopicPartition> partitions =
                topics.stream().flatMap(topic -> topic.partitions().stream()).toList();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(topics.get(0))) {
            read(consumer, partitions, content::take);
        }
        return content;
    }

    /** Returns the first 16 digits of the SHA-256 of all keys and values, partition by partition. */
    static String digest(BenchTopic topic) throws IOException {
        MessageDigest digest = sha256();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic)) {
            for (TopicPartition partition : topic.partitions()) {
                read(consumer, List.of(partition), record -> {
                    digest.update(record.key());
                    if (record.value() != null) {
                        digest.update(record.value());
                    }
                });
            }
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(BenchTopic topic) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", topic.bootstrapServers());
        properties.put("max.poll.records", "5000");
        properties.put("max.partition.fetch.bytes", Integer.toString(8 << 20));
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** An end may be that of a transaction, which is no record: what counts is where the consumer is. */
    private static void read(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Records records)
            throws IOException {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                records.take(record);
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
        long id = payload(record.key()).path("id").asLong();
        Map<Long, Checksum> table = rows.computeIfAbsent(record.topic(), topic -> new HashMap<>());
        JsonNode row = record.value() == null ? null : payload(record.value()).path("after");
        if (row == null || !row.isObject()) {
            table.remove(id);
        } else {
            table.put(id, Checksum.EMPTY.plus(BenchRow.of(row)));
        }
    }

    /** Passes over the schema, which is most of a record. */
    private static JsonNode payload(byte[] json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isPayload = parser.currentName().equals("payload");
                parser.nextToken();
                if (isPayload) {
                    return parser.readValueAsTree();
                }
                parser.skipChildren();
            }
        }
        return MissingNode.getInstance();
    }

    Checksum checksum() {
        return rows.values().stream().flatMap(table -> table.values().stream()).reduce(Checksum.EMPTY, Checksum::plus);
    }
}
