package io.millrace.cdc.preflight;

import io.millrace.cdc.model.Routes;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Suggestions;
import io.millrace.common.preflight.Brokers;
import io.millrace.common.serde.ColumnNames;
import io.millrace.common.serde.debezium.JsonLimits;
import io.millrace.common.serde.declared.DeclaredTables;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.sink.kafka.TopicState;
import io.millrace.common.source.kafka.TopicOptions;
import io.millrace.common.source.kafka.TopicTail.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Whether the topics that are read and the tables that are routed are the same. */
public final class SourceTopics {

    private static final String SOURCE = "source.kafka";
    private static final String TOPICS = "source.kafka.topics";
    private static final int WINDOW = 20;

    private final TopicOptions options;
    private final JsonLimits limits;
    private final DeclaredTables declared;
    private final Brokers brokers;
    private final Problems problems;
    private final KafkaConnection kafka;

    /**
     * Asks nobody yet.
     *
     * @param declared what is known of tables whose messages come without a schema
     */
    public SourceTopics(
            TopicOptions options, JsonLimits limits, DeclaredTables declared, Brokers brokers, Problems problems) {
        this.options = options;
        this.limits = limits;
        this.declared = declared;
        this.brokers = brokers;
        this.problems = problems;
        this.kafka = new KafkaConnection(options.bootstrapServers(), options.properties());
    }

    /**
     * Notes what is missing on either side.
     *
     * @return the columns of each table that the latest records tell of
     */
    public Map<String, ColumnNames> check(Routes routes) {
        Set<String> names = brokers.names(SOURCE, kafka).orElse(Set.of());
        Set<String> unread = new TreeSet<>();
        List<String> topics = options.topicPattern()
                .map(pattern -> matching(pattern, names))
                .orElseGet(() -> existing(names, unread));
        Map<String, TopicContent> contents = new TreeMap<>();
        topics.forEach(topic -> contents.put(topic, new TopicContent(topic, limits)));
        if (brokers.look(SOURCE, kafka, topics, WINDOW, partition -> at(contents, partition.topic()))) {
            unread.forEach(topic -> contents.put(topic, new TopicContent(topic, limits)));
            new RoutedTopics(routes, options.topicPattern().isPresent(), problems)
                    .check(contents.values().stream().toList(), unread);
        }
        UntypedRows untyped = new UntypedRows(routes, declared, problems);
        contents.values().forEach(untyped::check);
        Map<String, ColumnNames> columns = new TreeMap<>();
        contents.values().forEach(content -> columns.putAll(content.told()));
        return columns;
    }

    private static Look at(Map<String, TopicContent> contents, String topic) {
        return Objects.requireNonNull(contents.get(topic)).look();
    }

    private static List<String> matching(String pattern, Set<String> names) {
        return names.stream()
                .filter(Pattern.compile(pattern).asMatchPredicate())
                .toList();
    }

    private List<String> existing(Set<String> names, Set<String> unread) {
        List<String> existing = new ArrayList<>();
        brokers.states(SOURCE, kafka, options.topics()).forEach((topic, state) -> {
            if (state instanceof TopicState.Present) {
                existing.add(topic);
                return;
            }
            unread.add(topic);
            if (state instanceof TopicState.Hidden) {
                problems.note(TOPICS, "names " + topic + ", which this client may not see: it could not be checked");
            } else {
                problems.add(
                        TOPICS,
                        "names " + topic + ", which does not exist at " + kafka.bootstrapServers() + ". Run "
                                + TopicCommands.create(topic, kafka.bootstrapServers()) + ", or correct the name"
                                + Suggestions.didYouMean(topic, names));
            }
        });
        return existing;
    }
}
