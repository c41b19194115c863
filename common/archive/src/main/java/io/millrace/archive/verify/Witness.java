package io.millrace.archive.verify;

import io.millrace.archive.file.ArchiveFolder;

/**
 * Another place that got what was signed.
 *
 * @param name as findings call it
 * @param hasExpiries whether it gets statements of expiry, too, and must have each
 */
public record Witness(String name, ArchiveFolder folder, boolean hasExpiries) {

    /** Returns the second place that an archive is configured with, which gets everything that is signed. */
    public static Witness of(ArchiveFolder folder) {
        return new Witness("the witness", folder, true);
    }
}
