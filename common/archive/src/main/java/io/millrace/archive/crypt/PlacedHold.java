package io.millrace.archive.crypt;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A legal hold as it was placed.
 *
 * @param subject the keyed hash of the person whom it protects, in hexadecimal digits; null for everybody
 * @param from the first day, or null for all before {@code to}
 * @param to the last day, or null for all from {@code from} on
 * @param placedBy who that was, to the database
 * @param releasedAt null while it is in force
 */
public record PlacedHold(
        long id,
        @Nullable String subject,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        String reason,
        String placedBy,
        Instant placedAt,
        @Nullable Instant releasedAt) {}
