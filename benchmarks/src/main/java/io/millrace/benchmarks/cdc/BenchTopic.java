package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.stage.FreshTopic;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** The topic of one table. */
record BenchTopic(String bootstrapServers, String name) {

    static final int PARTITIONS = 4;
    static final String DEAD_LETTERS = "dead-letter-queue";

    static String of(String table) {
        return "dbserver1.public." + table;
    }

    /** Makes the topic anew and empty, and that of the dead letters if it is missing. */
    void create() throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            NewTopic topic = new NewTopic(name, PARTITIONS, (short) 1)
                    .configs(Map.of("cleanup.policy", "compact", "delete.retention.ms", "604800000"));
            FreshTopic.create(admin, topic);
            NewTopic letters = new NewTopic(DEAD_LETTERS, 1, (short) 1).configs(Map.of("max.message.bytes", "2097152"));
            FreshTopic.createIfMissing(admin, letters);
        }
    }

    /** Returns how many records the topics got: asked at once, because many of them would take much of a core. */
    static long count(Admin admin, List<BenchTopic> topics) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (BenchTopic topic : topics) {
            topic.partitions().forEach(partition -> ends.put(partition, OffsetSpec.latest()));
        }
        return admin.listOffsets(ends).all().get().values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    /** Returns the beginning of the SHA-256 of all keys and values, partition by partition. */
    String digest() throws IOException {
        return TopicContent.digest(this);
    }

    List<TopicPartition> partitions() {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(number -> new TopicPartition(name, number))
                .toList();
    }

    Admin admin() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers);
        return Admin.create(properties);
    }
}
