package io.millrace.archive.verify;

import io.millrace.archive.file.ArchiveFolder;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be verified.
 *
 * @param archive what the archive must be called, or null if any name will do
 * @param from the first day whose records are verified, or null for the first that there is
 * @param to the last day, which then must be sealed in every partition, or null for the last that there is
 * @param witnesses other places that got the digests
 * @param keptDays for how many days records must have been kept at least, where they are removed; 1 if any number will do
 */
public record VerifyOptions(
        @Nullable String archive,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        List<Witness> witnesses,
        int keptDays) {

    /** Verifies everything that is there. */
    public static final VerifyOptions EVERYTHING = new VerifyOptions(null, null, null, null);

    /** Copies the witnesses. */
    public VerifyOptions {
        witnesses = List.copyOf(witnesses);
    }

    /** Asks one witness, or none if it is null, and takes records as kept however long that was. */
    public VerifyOptions(
            @Nullable String archive,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable ArchiveFolder witness) {
        this(archive, from, to, witness == null ? List.of() : List.of(Witness.of(witness)), 1);
    }

    boolean covers(LocalDate day) {
        return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }
}
