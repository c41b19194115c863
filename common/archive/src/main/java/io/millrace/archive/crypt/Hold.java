package io.millrace.archive.crypt;

import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A legal hold: the records that it covers must not be removed.
 *
 * @param from the first day, or null for all before {@code to}
 * @param to the last day, or null for all from {@code from} on
 * @param isOfEverybody whether it covers every record of these days; otherwise those of one person
 * @param keys ids of the person's keys; none if the person has none, and so no record that could be read
 */
public record Hold(
        long id, @Nullable LocalDate from, @Nullable LocalDate to, boolean isOfEverybody, Set<UUID> keys) {

    /** Copies the ids. */
    public Hold {
        keys = Set.copyOf(keys);
    }

    /** Says whether it is about a day. */
    public boolean covers(LocalDate day) {
        return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }
}
