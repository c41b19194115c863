package io.millrace.cli.audit;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.crypt.StoredForm;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.ArchiveFolder;
import io.millrace.archive.parquet.ArchiveFileReader;
import io.millrace.archive.verify.Contents;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Predicate;

/** Finds the records of a person by the id of the person's key, which every record of the person names. */
final class PersonRecords {
    private final ArchiveFolder folder;
    private final Contents contents;
    private final UUID key;

    PersonRecords(ArchiveFolder folder, Contents contents, UUID key) {
        this.folder = folder;
        this.contents = contents;
        this.key = key;
    }

    /** Takes a record of the person. */
    @FunctionalInterface
    interface Found {
        void accept(ChainId chain, Entry entry) throws IOException;
    }

    /** Gives each record, partition by partition in the order of offsets; files that expired are left out. */
    void forEach(Predicate<SealedFile> files, Found found) throws IOException {
        for (Contents.Listing listing : contents.partitions().values()) {
            for (SealedFile file : listing.files()) {
                if (files.test(file) && folder.has(file.name())) {
                    read(listing.chain(), file, found);
                }
            }
        }
    }

    private void read(ChainId chain, SealedFile file, Found found) throws IOException {
        try (ArchiveFile open = folder.open(file.name())) {
            ArchiveFileReader.of(open).read(row -> {
                if (isOfPerson(row.entry())) {
                    found.accept(chain, row.entry());
                }
            });
        } catch (IOException e) {
            throw new IOException(file.name() + ": " + e.getMessage(), e);
        }
    }

    /** Headers are never null, and are encrypted by the keys of all whom the record is about. */
    private boolean isOfPerson(Entry entry) throws IOException {
        try {
            return StoredForm.of(entry.content().headers()) instanceof StoredForm.Encrypted encrypted
                    && encrypted.keys().contains(key);
        } catch (IllegalArgumentException e) {
            throw new IOException("record " + entry.offset() + ": " + e.getMessage(), e);
        }
    }
}
