package io.millrace.cli.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What would bring a cluster in line with the list.
 *
 * @param changes in the order of the list
 * @param unchanged how many topics are as they should be
 */
record TopicPlan(List<TopicChange> changes, int unchanged) {

    /**
     * Compares the list with a cluster. Topics that the list does not name, and configurations that it does not
     * decide, are left alone.
     */
    static TopicPlan of(List<TopicSpec> wanted, Map<String, ExistingTopic> existing) {
        List<TopicChange> changes = new ArrayList<>();
        int unchanged = 0;
        for (TopicSpec topic : wanted) {
            ExistingTopic actual = existing.get(topic.name());
            List<TopicChange> own =
                    actual == null ? List.of(new TopicChange.Create(topic)) : differences(topic, actual);
            changes.addAll(own);
            unchanged += own.isEmpty() ? 1 : 0;
        }
        return new TopicPlan(List.copyOf(changes), unchanged);
    }

    /** The changes that applying the plan makes. */
    List<TopicChange> applicable() {
        return changes.stream().filter(TopicChange::applicable).toList();
    }

    private static List<TopicChange> differences(TopicSpec wanted, ExistingTopic actual) {
        List<TopicChange> changes = new ArrayList<>();
        partitions(wanted, actual, changes);
        if (actual.replication() != wanted.replication()) {
            changes.add(new TopicChange.Leave(
                    wanted.name(),
                    "replication " + actual.replication() + ", the list says " + wanted.replication(),
                    "copies are moved with kafka-reassign-partitions"));
        }
        wanted.config().forEach((key, value) -> {
            String has = actual.config().get(key);
            if (!value.equals(has)) {
                changes.add(new TopicChange.SetConfig(wanted.name(), key, has, value));
            }
        });
        return changes;
    }

    private static void partitions(TopicSpec wanted, ExistingTopic actual, List<TopicChange> changes) {
        if (actual.partitions() == wanted.partitions()) {
            return;
        }
        String difference = "partitions " + actual.partitions() + ", the list says " + wanted.partitions();
        if (actual.partitions() > wanted.partitions()) {
            changes.add(new TopicChange.Leave(wanted.name(), difference, "Kafka cannot take partitions away"));
        } else if (wanted.compacted()) {
            changes.add(new TopicChange.Leave(
                    wanted.name(),
                    difference,
                    "a key that moves to a new partition would leave its last value behind in the old one for ever;"
                            + " make a new topic and snapshot again"));
        } else {
            changes.add(new TopicChange.AddPartitions(wanted.name(), actual.partitions(), wanted.partitions()));
        }
    }
}
