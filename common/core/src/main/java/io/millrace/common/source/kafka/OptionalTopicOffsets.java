package io.millrace.common.source.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/** Reads on in one topic where the consumer group was, else from its first record, wherever the others begin. */
final class OptionalTopicOffsets implements OffsetsInitializer {

    private static final long serialVersionUID = 1L;

    private final OffsetsInitializer others;
    private final OffsetsInitializer own = OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
    private final String topic;

    OptionalTopicOffsets(OffsetsInitializer others, String topic) {
        this.others = others;
        this.topic = topic;
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        List<TopicPartition> ours = new ArrayList<>();
        List<TopicPartition> rest = new ArrayList<>();
        partitions.forEach(partition -> (partition.topic().equals(topic) ? ours : rest).add(partition));
        Map<TopicPartition, Long> offsets = new HashMap<>(others.getPartitionOffsets(rest, retriever));
        offsets.putAll(own.getPartitionOffsets(ours, retriever));
        return offsets;
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return others.getAutoOffsetResetStrategy();
    }
}
