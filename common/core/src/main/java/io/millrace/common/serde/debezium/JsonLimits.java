package io.millrace.common.serde.debezium;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.Serializable;

/**
 * How much of a message is read at most.
 *
 * @param largestDocument bytes of a key or of a value
 * @param deepest objects and lists inside each other, the wrapper included
 */
public record JsonLimits(int largestDocument, int deepest) implements Serializable {

    /** 1 MiB, 64 deep. */
    public static final JsonLimits DEFAULT = new JsonLimits(1 << 20, 64);

    private static final int LONGEST_NUMBER = 20_000;

    JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(deepest)
                        .maxStringLength(largestDocument)
                        .maxNameLength(largestDocument)
                        .maxNumberLength(LONGEST_NUMBER)
                        .build())
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }
}
