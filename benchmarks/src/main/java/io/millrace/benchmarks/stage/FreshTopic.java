package io.millrace.benchmarks.stage;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Topics made anew. */
public final class FreshTopic {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(50);

    private FreshTopic() {}

    /**
     * Makes a topic anew and empty, and waits until the broker tells of it: a producer that was told of the one before
     * begins to count its records again once it learns of the new one, and has them refused.
     *
     * @throws IllegalStateException if the old one does not go, or the new one does not come, within 30 s
     */
    public static void create(Admin admin, NewTopic topic) throws ExecutionException, InterruptedException {
        delete(admin, topic.name());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Uuid made = make(admin, topic);
        while (made == null || !made.equals(known(admin, topic.name()))) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "the topic " + topic.name() + (made == null ? " does not go" : " does not come"));
            }
            Thread.sleep(LOOK.toMillis());
            made = made == null ? make(admin, topic) : made;
        }
        awaitLeaders(admin, topic);
    }

    /**
     * Waits until the leader of each partition answers: before, it can refuse the first batch of a producer that sends
     * several, take the next one, and then refuse the first for ever.
     */
    private static void awaitLeaders(Admin admin, NewTopic topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        for (int i = 0; i < topic.numPartitions(); i++) {
            partitions.put(new TopicPartition(topic.name(), i), OffsetSpec.latest());
        }
        admin.listOffsets(partitions).all().get();
    }

    /** Makes a topic if there is none of its name. */
    public static void createIfMissing(Admin admin, NewTopic topic) throws ExecutionException, InterruptedException {
        Uuid unused = make(admin, topic);
    }

    /** Returns null if there is one of this name. */
    private static @Nullable Uuid make(Admin admin, NewTopic topic) throws ExecutionException, InterruptedException {
        try {
            return admin.createTopics(List.of(topic)).topicId(topic.name()).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return null;
            }
            throw e;
        }
    }

    /** Returns null if the broker knows none of this name. */
    private static @Nullable Uuid known(Admin admin, String topic) throws ExecutionException, InterruptedException {
        try {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                    .map(TopicDescription::topicId)
                    .findFirst()
                    .orElse(null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            throw e;
        }
    }

    private static void delete(Admin admin, String topic) throws ExecutionException, InterruptedException {
        try {
            admin.deleteTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
        }
    }
}
