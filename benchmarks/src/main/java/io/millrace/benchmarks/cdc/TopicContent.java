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
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a topic holds by the last record of each key: the hash of its row. */
final class TopicContent {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<Long, Checksum> rows = new HashMap<>();

    /** Takes the records of a topic, partition by partition. */
    private interface Records {
        void take(ConsumerRecord<byte[], byte[]> record) throws IOException;
    }

    private TopicContent() {}

    /** Reads a topic from its beginning to its end of now. */
    static TopicContent read(BenchTopic topic) throws IOException {
        TopicContent content = new TopicContent();
        read(topic, content::take);
        return content;
    }

    /** Returns the first 16 digits of the SHA-256 of all keys and values, partition by partition. */
    static String digest(BenchTopic topic) throws IOException {
        MessageDigest digest = sha256();
        read(topic, record -> {
            digest.update(record.key());
            if (record.value() != null) {
                digest.update(record.value());
            }
        });
        return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void read(BenchTopic topic, Records records) throws IOException {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", topic.bootstrapServers());
        properties.put("max.poll.records", "5000");
        properties.put("max.partition.fetch.bytes", Integer.toString(8 << 20));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (int number : IntStream.range(0, BenchTopic.PARTITIONS).toArray()) {
                read(consumer, topic.partition(number), records);
            }
        }
    }

    private static void read(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, Records records)
            throws IOException {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                records.take(record);
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
        long id = payload(record.key()).path("id").asLong();
        JsonNode row = record.value() == null ? null : payload(record.value()).path("after");
        if (row == null || !row.isObject()) {
            rows.remove(id);
        } else {
            rows.put(id, Checksum.EMPTY.plus(BenchRow.of(row)));
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
        return rows.values().stream().reduce(Checksum.EMPTY, Checksum::plus);
    }
}
