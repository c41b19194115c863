package io.millrace.cli.fault;

import io.millrace.cli.CommandFailure;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** A retention that came too early. */
final class TopicLoss {

    /** By which brokers understand the end. */
    private static final long END = -1;

    private TopicLoss() {}

    /** Removes what a topic holds. */
    static void empty(String bootstrap, String topic) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            TopicDescription described = Objects.requireNonNull(
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic), topic);
            Map<TopicPartition, RecordsToDelete> all = described.partitions().stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .collect(Collectors.toMap(Function.identity(), partition -> RecordsToDelete.beforeOffset(END)));
            admin.deleteRecords(all).all().get();
        } catch (ExecutionException e) {
            throw new CommandFailure("the topic `" + topic + "` cannot be emptied: " + e.getMessage(), e);
        }
    }
}
