package io.millrace.cli;

import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer without a group: nothing remembers what it read, and no topic comes of it. It reads what is committed. */
public final class UngroupedConsumer {

    private UngroupedConsumer() {}

    /** Returns one that begins at the earliest record, for the caller to close. */
    public static KafkaConsumer<byte[], byte[]> of(Properties client) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.put("allow.auto.create.topics", "false");
        properties.put("auto.offset.reset", "earliest");
        // closing waits for the last fetch, and that one for records
        properties.put("fetch.max.wait.ms", "20");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
