package io.millrace.cli.audit;

import io.millrace.archive.chain.Entry;
import io.millrace.archive.crypt.PostgresKeyStore;
import io.millrace.archive.crypt.StoredForm;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.ArchiveFolder;
import io.millrace.archive.parquet.ArchiveFileReader;
import io.millrace.archive.verify.Contents;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The keys that the records of an archive name. */
record ArchivedKeys(ArchiveFolder folder, Contents contents) {

    /**
     * Says whether a store is another archive's: the archive names keys, and the store has none of them. The newest file
     * tells of a store that is the right one; only a wrong one makes all files be read.
     */
    boolean areForeignTo(PostgresKeyStore store) throws IOException {
        boolean any = false;
        for (Contents.Listing listing : contents.partitions().values()) {
            List<SealedFile> files = listing.files();
            for (int i = files.size() - 1; i >= 0; i--) {
                Set<UUID> named = of(files.get(i).name());
                if (!named.isEmpty() && store.hasAny(named)) {
                    return false;
                }
                any |= !named.isEmpty();
            }
        }
        return any;
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
