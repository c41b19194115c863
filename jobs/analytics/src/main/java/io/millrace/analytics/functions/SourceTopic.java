package io.millrace.analytics.functions;

import io.millrace.common.source.kafka.TopicIds;
import java.io.Serializable;
import java.time.Duration;

/**
 * A topic that events are read from.
 *
 * @param redrive the topic that its dead letters are sent again to, which is read as well
 * @param ids of both; none are known while neither is read
 * @param checkInterval the least time between two checkpoints before which they are asked for
 */
public record SourceTopic(String name, String redrive, TopicIds ids, Duration checkInterval) implements Serializable {

    private static final long serialVersionUID = 1L;
}
