package io.millrace.common.sink.kafka;

import java.util.Map;
import java.util.Optional;

/** What Kafka tells a client of a topic. */
public sealed interface TopicState {

    /**
     * It is there.
     *
     * @param settings by Kafka's names, such as {@code cleanup.policy}; empty if this client may not read them
     */
    record Present(Optional<Map<String, String>> settings) implements TopicState {}

    /** It is not there. */
    record Missing() implements TopicState {}

    /** This client may not know. */
    record Hidden() implements TopicState {}
}
