package io.millrace.cli.topic;

import java.lang.reflect.Field;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.config.TopicConfig;

/**
 * One entry of the list as it is written, over what holds for all.
 *
 * @param cleanup Kafka's {@code cleanup.policy}
 * @param retentionMillis of a topic that deletes
 * @param deleteRetentionMillis of a topic that compacts
 * @param config everything else, by Kafka's names
 */
record TopicEntry(
        int partitions,
        int replication,
        String cleanup,
        long retentionMillis,
        long deleteRetentionMillis,
        Map<String, String> config) {
    static final TopicEntry NONE = new TopicEntry(1, 1, "delete", days(7), days(1), Map.of());

    private static final Set<String> KEYS =
            Set.of("partitions", "replication", "cleanup", "retention", "delete-retention", "config");
    private static final Set<String> POLICIES = Set.of("delete", "compact", "compact,delete");
    private static final Set<String> HAVE_A_KEY_OF_THEIR_OWN = Set.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.RETENTION_MS_CONFIG, TopicConfig.DELETE_RETENTION_MS_CONFIG);
    private static final Set<String> KAFKAS = kafkasTopicConfigurations();

    static TopicEntry read(YamlSection section, TopicEntry defaults) {
        section.allow(KEYS);
        String cleanup = section.text("cleanup").orElse(defaults.cleanup);
        if (!POLICIES.contains(cleanup)) {
            section.problem("cleanup", cleanup, "it must be delete, compact or compact,delete");
        }
        return new TopicEntry(
                section.positive("partitions", defaults.partitions),
                section.positive("replication", defaults.replication),
                cleanup,
                duration(section, "retention", defaults.retentionMillis),
                duration(section, "delete-retention", defaults.deleteRetentionMillis),
                config(section.section("config"), defaults.config));
    }

    /** An entry for one topic, which says nothing that its clean-up makes meaningless. */
    static TopicEntry readTopic(YamlSection section, TopicEntry defaults) {
        TopicEntry entry = read(section, defaults);
        if (entry.cleanup.equals("compact")) {
            section.text("retention")
                    .ifPresent(text ->
                            section.problem("retention", text, "a topic that only compacts deletes nothing by age"));
        }
        if (entry.cleanup.equals("delete")) {
            section.text("delete-retention")
                    .ifPresent(text ->
                            section.problem("delete-retention", text, "only a compacted topic keeps tombstones"));
        }
        return entry;
    }

    TopicSpec spec(String name) {
        Map<String, String> all = new TreeMap<>(config);
        all.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup);
        if (cleanup.contains("delete")) {
            all.put(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(retentionMillis));
        }
        if (cleanup.contains("compact")) {
            all.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, String.valueOf(deleteRetentionMillis));
        }
        return new TopicSpec(name, partitions, replication, all);
    }

    private static long duration(YamlSection section, String key, long otherwise) {
        String text = section.text(key).orElse(null);
        if (text == null) {
            return otherwise;
        }
        OptionalLong millis = Retention.millis(text);
        if (millis.isEmpty()) {
            section.problem(key, text, "it must be a number with a unit (ms, s, m, h, d), such as 7d, or forever");
        }
        return millis.orElse(otherwise);
    }

    private static Map<String, String> config(YamlSection section, Map<String, String> defaults) {
        Map<String, String> config = new TreeMap<>(defaults);
        section.forEach((key, value) -> {
            if (HAVE_A_KEY_OF_THEIR_OWN.contains(key)) {
                section.problem(key, value, "say it with `cleanup`, `retention` or `delete-retention`");
            } else if (!KAFKAS.contains(key)) {
                section.problem(
                        key, value, "Kafka has no such topic configuration" + YamlSection.suggestion(key, KAFKAS));
            } else if (key.equals(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)) {
                config.put(key, String.valueOf(section.positive(key, 1)));
            } else {
                section.text(key).ifPresent(text -> config.put(key, text));
            }
        });
        return config;
    }

    private static Set<String> kafkasTopicConfigurations() {
        Set<String> keys = new TreeSet<>();
        for (Field field : TopicConfig.class.getFields()) {
            try {
                if (field.getName().endsWith("_CONFIG") && field.get(null) instanceof String key) {
                    keys.add(key);
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("a public constant of Kafka's client cannot be read", e);
            }
        }
        return Collections.unmodifiableSet(keys);
    }

    private static long days(int days) {
        return days * 86_400_000L;
    }
}
