package io.millrace.shop.visitors;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A record that tells of something.
 *
 * @param number of those that were made, which orders those of the same time
 * @param partition -1 for that of the key
 * @param name of what happened, where the value does not say it; null for none
 * @param at when it is told, in epoch milliseconds; the record's own time
 * @param of when that happened
 */
record Telling(
        long number,
        String topic,
        int partition,
        String key,
        @Nullable String name,
        byte @Nullable [] value,
        long at,
        long of) {

    static final Comparator<Telling> IN_TIME =
            Comparator.comparingLong(Telling::at).thenComparingLong(Telling::number);
}
