package io.millrace.cli.topic;

import java.util.Map;
import java.util.TreeMap;

/**
 * A topic as it should be.
 *
 * @param name Kafka's name of it, or a template with {@code {placeholders}}
 * @param partitions at least 1
 * @param replication at least 1
 * @param config Kafka's topic configuration, only the keys that somebody decided
 */
public record TopicSpec(String name, int partitions, int replication, Map<String, String> config) {
    static final String MIN_INSYNC = "min.insync.replicas";

    /** Sorts the configuration, so that plans and messages are stable. */
    public TopicSpec {
        config = new TreeMap<>(config);
    }

    TopicSpec named(String other) {
        return new TopicSpec(other, partitions, replication, config);
    }

    /** The topic as a smaller cluster can hold it. */
    TopicSpec scaled(TopicProfile profile) {
        int copies = Math.min(replication, profile.maxReplication());
        Map<String, String> scaled = new TreeMap<>(config);
        scaled.computeIfPresent(
                MIN_INSYNC, (key, value) -> String.valueOf(Math.min(Integer.parseInt(value), Math.max(1, copies - 1))));
        return new TopicSpec(name, Math.min(partitions, profile.maxPartitions()), copies, scaled);
    }

    boolean compacted() {
        return config.getOrDefault("cleanup.policy", "delete").contains("compact");
    }
}
