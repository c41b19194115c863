package io.millrace.common.source.kafka;

import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.sink.kafka.TopicInventory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ids of the topics that options name, and of one more. */
final class SubscribedTopics implements TopicIds {

    private static final long serialVersionUID = 1L;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaConnection kafka;
    private final ArrayList<String> topics;
    private final @Nullable Pattern pattern;
    private final String optional;

    SubscribedTopics(TopicOptions options, String optional) {
        this.kafka = new KafkaConnection(options.bootstrapServers(), options.properties());
        this.topics = new ArrayList<>(options.topics());
        this.pattern = options.topicPattern().map(Pattern::compile).orElse(null);
        this.optional = optional;
    }

    @Override
    public Map<String, String> ask() throws IOException {
        try (TopicInventory inventory = TopicInventory.open(kafka, PATIENCE)) {
            return inventory.ids(names(inventory));
        }
    }

    private Collection<String> names(TopicInventory inventory) throws IOException {
        Set<String> names = new HashSet<>(topics);
        Pattern wanted = pattern;
        if (wanted != null) {
            names.addAll(inventory.names());
            names.removeIf(topic -> !wanted.matcher(topic).matches());
        }
        names.add(optional);
        return names;
    }
}
