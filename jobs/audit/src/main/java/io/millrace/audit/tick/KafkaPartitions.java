package io.millrace.audit.tick;

import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.sink.kafka.TopicInventory;
import java.io.IOException;
import java.time.Duration;

/** Asks the brokers. */
public record KafkaPartitions(KafkaConnection kafka, String topic, Duration patience)
        implements Partitions, NewestRecord {

    private static final long serialVersionUID = 1L;

    @Override
    public int count() throws IOException {
        try (TopicInventory inventory = TopicInventory.open(kafka, patience)) {
            return inventory.partitions(topic);
        }
    }

    @Override
    public long time() throws IOException {
        try (TopicInventory inventory = TopicInventory.open(kafka, patience)) {
            return inventory.newestTime(topic).orElse(NONE);
        }
    }
}
