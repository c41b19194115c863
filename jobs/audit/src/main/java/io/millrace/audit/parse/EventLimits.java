package io.millrace.audit.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Serializable;

/**
 * What is read of an event; what is beyond is archived as it came, and marked as malformed.
 *
 * @param largestEvent bytes of its JSON
 * @param deepest objects and lists inside each other
 */
public record EventLimits(int largestEvent, int deepest) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** 256 KiB, 32 deep. */
    public static final EventLimits DEFAULT = new EventLimits(256 * 1024, 32);

    private static final int LONGEST_NUMBER = 100;

    JsonMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(deepest)
                        .maxStringLength(largestEvent)
                        .maxNameLength(largestEvent)
                        .maxNumberLength(LONGEST_NUMBER)
                        .build())
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .build();
        return JsonMapper.builder(factory)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
    }
}
