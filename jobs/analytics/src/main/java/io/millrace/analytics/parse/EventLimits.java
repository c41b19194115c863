package io.millrace.analytics.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.Serializable;
import java.time.Duration;

/**
 * What of an event is believed.
 *
 * @param largestEvent bytes of its JSON
 * @param deepest objects and lists inside each other
 * @param drift how far it may say to be ahead of its Kafka record
 */
public record EventLimits(int largestEvent, int deepest, Duration drift) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** 256 KiB, 32 deep, 10 minutes. */
    public static final EventLimits DEFAULT = new EventLimits(256 * 1024, 32, Duration.ofMinutes(10));

    private static final int LONGEST_NUMBER = 100;

    JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(deepest)
                        .maxStringLength(largestEvent)
                        .maxNameLength(largestEvent)
                        .maxNumberLength(LONGEST_NUMBER)
                        .build())
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .build();
    }
}
