package io.millrace.common.source.kafka;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;

/** Tells topics from others that were made later under the same name, where every offset means another record. */
@FunctionalInterface
public interface TopicIds extends Serializable {

    /**
     * Returns the ids of the topics that there are now, by name; a topic is missing if its id is not known.
     *
     * @throws IOException if nobody answers
     */
    Map<String, String> ask() throws IOException;

    /** Knows none. */
    static TopicIds unknown() {
        return Map::of;
    }

    /**
     * Asks Kafka for those of the topics that a source reads.
     *
     * @param optional the topic that it reads as well once it exists
     */
    static TopicIds of(TopicOptions options, String optional) {
        return new SubscribedTopics(options, optional);
    }
}
