package io.millrace.archive.expire;

import io.millrace.archive.chain.Entry;
import io.millrace.archive.crypt.Hold;
import io.millrace.archive.crypt.StoredForm;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.ArchiveFolder;
import io.millrace.archive.parquet.ArchiveFileReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Looks for whom a day's records are about. */
final class HeldDay {

    private HeldDay() {}

    /** Returns the hold that covers a day. It reads the day's files only if there is one for a person. */
    static Optional<Hold> by(ArchiveFolder folder, DueDay due, List<Hold> holds) throws IOException {
        List<Hold> covering = new ArrayList<>();
        for (Hold hold : holds) {
            if (hold.covers(due.digest().day())) {
                covering.add(hold);
            }
        }
        Optional<Hold> ofAll = covering.stream().filter(Hold::isOfEverybody).findFirst();
        if (ofAll.isPresent() || covering.isEmpty()) {
            return ofAll;
        }
        Set<UUID> keys = keys(folder, due);
        return covering.stream()
                .filter(hold -> hold.keys().stream().anyMatch(keys::contains))
                .findFirst();
    }

    private static Set<UUID> keys(ArchiveFolder folder, DueDay due) throws IOException {
        Set<UUID> keys = new HashSet<>();
        for (SealedFile file : due.files()) {
            try (ArchiveFile open = folder.open(file.name())) {
                ArchiveFileReader.of(open).read(row -> keys.addAll(keys(row.entry())));
            }
        }
        return keys;
    }

    /** Headers are never null, and are encrypted by the keys of all whom the record is about. */
    private static List<UUID> keys(Entry entry) throws IOException {
        try {
            return StoredForm.of(entry.content().headers()) instanceof StoredForm.Encrypted encrypted
                    ? encrypted.keys()
                    : List.of();
        } catch (IllegalArgumentException e) {
            throw new IOException("record " + entry.offset() + ": " + e.getMessage(), e);
        }
    }
}
