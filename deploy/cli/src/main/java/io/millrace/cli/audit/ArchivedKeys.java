package io.millrace.cli.audit;

import io.millrace.archive.chain.Entry;
import io.millrace.archive.crypt.LegalHolds;
import io.millrace.archive.crypt.StoredForm;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.ArchiveFolder;
import io.millrace.archive.parquet.ArchiveFileReader;
import io.millrace.archive.verify.Contents;
import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The keys that the records of an archive name. */
record ArchivedKeys(ArchiveFolder folder, Contents contents) {

    /**
     * Refuses a store that is another archive's: the archive names keys, and the store has none of them, nor remembers
     * that it destroyed any. The newest file tells of a store that is the right one; a wrong one makes all be read.
     *
     * @param notDone what did not happen, as the end of a sentence
     */
    void requireIn(LegalHolds store, String notDone) throws IOException {
        if (areForeignTo(store)) {
            throw new CommandFailure("the key store has no key that the archive names: it is another archive's. Compare"
                    + " --postgres with `key-store` of the job; " + notDone);
        }
    }

    private boolean areForeignTo(LegalHolds store) throws IOException {
        boolean any = false;
        for (Contents.Listing listing : contents.partitions().values()) {
            List<SealedFile> files = listing.files();
            for (int i = files.size() - 1; i >= 0; i--) {
                Set<UUID> named = of(files.get(i).name());
                if (!named.isEmpty() && store.hasAnyKey(named)) {
                    return false;
                }
                any |= !named.isEmpty();
            }
        }
        return any
                && !store.rememberErasureFrom(contents.anyChain().orElseThrow().archive());
    }

    private Set<UUID> of(String name) throws IOException {
        Set<UUID> named = new HashSet<>();
        if (!folder.has(name)) {
            // it expired
            return named;
        }
        try (ArchiveFile open = folder.open(name)) {
            ArchiveFileReader.of(open).read(row -> add(row.entry(), named));
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
        return named;
    }

    private static void add(Entry entry, Set<UUID> named) {
        if (StoredForm.of(entry.content().headers()) instanceof StoredForm.Encrypted encrypted) {
            named.addAll(encrypted.keys());
        }
    }
}
