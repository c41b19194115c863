package io.millrace.archive.verify;

import io.millrace.archive.file.ArchiveFolder;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is to be verified.
 *
 * @param archive what the archive must be called, or null if any name will do
 * @param from the first day whose records are verified, or null for the first that there is
 * @param to the last day, which then must be sealed in every partition, or null for the last that there is
 * @param witness another place that got the digests, or null
 */
public record VerifyOptions(
        @Nullable String archive,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable ArchiveFolder witness) {

    /** Verifies everything that is there. */
    public static final VerifyOptions EVERYTHING = new VerifyOptions(null, null, null, null);

    boolean covers(LocalDate day) {
        return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }
}
