package io.millrace.common.preflight;

import io.millrace.common.replay.Fence;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.source.kafka.TopicOptions;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where the topics of a source end at this moment. */
public final class TopicEnds {

    private static final String SOURCE = "source.kafka";

    private final TopicOptions options;
    private final Brokers brokers;

    public TopicEnds(TopicOptions options, Brokers brokers) {
        this.options = options;
        this.brokers = brokers;
    }

    /** Returns a fence behind which lies every record that is in the topics. */
    public Fence fence() {
        KafkaConnection kafka = new KafkaConnection(options.bootstrapServers(), options.properties());
        Predicate<String> isRead = options.topicPattern()
                .map(pattern -> Pattern.compile(pattern).asMatchPredicate())
                .orElse(options.topics()::contains);
        Set<String> topics = brokers.names(SOURCE, kafka).orElse(Set.of()).stream()
                .filter(isRead)
                .collect(Collectors.toSet());
        return Fence.parse(brokers.ends(SOURCE, kafka, topics).entrySet().stream()
                .map(end -> end.getKey().topic() + ":" + end.getKey().partition() + "=" + end.getValue())
                .collect(Collectors.joining(",")));
    }
}
