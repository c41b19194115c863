package io.millrace.shop.visitors.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * An event as the documentation says that it is to be read.
 *
 * @param place where its record stands, as {@code topic-partition@offset}
 * @param time epoch milliseconds
 * @param latest watermark at which the job may have read it: its partition's, as far as that had come before it
 * @param id null if it has no name
 */
record Event(
        String place,
        int partition,
        long offset,
        long time,
        long latest,
        @Nullable String id,
        JsonNode body) {

    static final Comparator<Event> IN_TIME = Comparator.comparingLong(Event::time)
            .thenComparingInt(Event::partition)
            .thenComparingLong(Event::offset);

    /** Returns a field as text; empty if it is missing. */
    String text(String field) {
        return body.path(field).asText("");
    }

    boolean has(String field) {
        return !text(field).isEmpty();
    }

    /** Tells whether what ends at a time may have ended when the job read it. */
    boolean mayComeAfter(long end) {
        return end - 1 <= latest;
    }

    boolean isA(String type) {
        return text("type").equals(type);
    }
}
