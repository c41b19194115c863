package io.millrace.common.source.kafka;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the topics of another subscriber, and one more if it exists: it is looked for at every discovery. */
final class OptionalTopic implements KafkaSubscriber {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(OptionalTopic.class);

    private final KafkaSubscriber others;
    private final String topic;

    OptionalTopic(KafkaSubscriber others, String topic) {
        this.others = others;
        this.topic = topic;
    }

    @Override
    public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient admin) {
        Set<TopicPartition> partitions = new HashSet<>(others.getSubscribedTopicPartitions(admin));
        partitions.addAll(found(admin));
        return partitions;
    }

    private Set<TopicPartition> found(AdminClient admin) {
        try {
            Set<TopicPartition> partitions = new HashSet<>();
            for (TopicDescription description :
                    admin.describeTopics(List.of(topic)).allTopicNames().get().values()) {
                description
                        .partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
            }
            return partitions;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Set.of();
            }
            if (e.getCause() instanceof TopicAuthorizationException) {
                LOG.warn("nothing is read from topic {}, because the client may not look at it", topic);
                return Set.of();
            }
            throw new KafkaException("the partitions of topic " + topic + " cannot be looked up", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while the partitions of topic " + topic + " were looked up", e);
        }
    }
}
