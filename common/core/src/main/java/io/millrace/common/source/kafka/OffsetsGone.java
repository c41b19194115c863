package io.millrace.common.source.kafka;

import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;

/** Tells whether a source failed because Kafka does not have the offset at which it would go on. */
public final class OffsetsGone {

    private OffsetsGone() {}

    /** Returns where that is, as {@code topic-partition at offset}, joined by commas; empty if it failed otherwise. */
    public static Optional<String> of(Throwable failure) {
        return ExceptionUtils.findThrowable(failure, OffsetOutOfRangeException.class)
                .map(gone -> gone.offsetOutOfRangePartitions().entrySet().stream()
                        .map(entry -> entry.getKey() + " at offset " + entry.getValue())
                        .sorted()
                        .collect(Collectors.joining(", ")));
    }
}
