package io.millrace.archive.write;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.ArchiveFolder;
import io.millrace.archive.file.NewFile;
import io.millrace.archive.file.WritableFolder;
import io.millrace.archive.parquet.ArchiveFileReader;
import io.millrace.archive.parquet.ArchiveFileWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads files of the archive to write them as one. */
final class ArchivedFiles {

    private static final int BUFFER = 1 << 16;

    private ArchivedFiles() {}

    /** Returns the hash of a file's first record. */
    static Hash firstHash(ArchiveFolder folder, SealedFile file) throws IOException {
        First first = new First();
        try (ArchiveFile open = folder.open(file.name())) {
            ArchiveFileReader.of(open).read(row -> first.see(row.entry()));
        }
        Entry entry = first.entry;
        if (entry == null) {
            throw new IOException(file.name() + " has no record");
        }
        return entry.hash();
    }

    private static final class First {

        private @Nullable Entry entry;

        void see(Entry next) {
            entry = entry == null ? next : entry;
        }
    }

    /** Writes the records of several files as one file, of which the caller knows the name. */
    static SealedFile join(WritableFolder folder, ChainId chain, List<SealedFile> files, String name)
            throws IOException {
        try (NewFile file = folder.create(name)) {
            OutputStream out = new BufferedOutputStream(file.stream(), BUFFER);
            ArchiveFileWriter writer = new ArchiveFileWriter(out, chain);
            for (SealedFile small : files) {
                try (ArchiveFile open = folder.open(small.name())) {
                    ArchiveFileReader.of(open).read(row -> writer.add(row.entry()));
                }
            }
            Hash sha256 = writer.finish();
            out.flush();
            file.finish();
            SealedFile last = files.get(files.size() - 1);
            return new SealedFile(
                    name,
                    files.get(0).firstOffset(),
                    last.lastOffset(),
                    files.stream().mapToLong(SealedFile::records).sum(),
                    writer.size(),
                    sha256,
                    last.lastHash());
        }
    }
}
