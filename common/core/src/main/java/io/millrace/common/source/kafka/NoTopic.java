package io.millrace.common.source.kafka;

import java.util.Set;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.common.TopicPartition;

/** Chooses nothing. */
final class NoTopic implements KafkaSubscriber {

    private static final long serialVersionUID = 1L;

    @Override
    public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient admin) {
        return Set.of();
    }
}
