package io.millrace.archive.write;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.digest.PublicKeys;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.ArchiveFolder;
import io.millrace.archive.file.FileName;
import io.millrace.archive.manifest.Head;
import io.millrace.archive.manifest.Manifest;
import io.millrace.archive.manifest.ManifestConflict;
import io.millrace.archive.parquet.ArchiveFileReader;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a manifest must say that was lost: all digests, and the files that follow them. */
public final class RebuiltManifest {

    private static final int LARGEST = 64 << 20;

    private final ArchiveFolder folder;
    private final ChainId chain;

    private RebuiltManifest(ArchiveFolder folder, ChainId chain) {
        this.folder = folder;
        this.chain = chain;
    }

    /**
     * Reads all digests of a partition, and the files behind the last of them. Nothing is written.
     *
     * @param keys by which digests are believed
     * @throws IOException if a digest is not signed by one of them or does not follow the one before, or a file cannot be
     *     read
     */
    public static Manifest of(ArchiveFolder folder, ChainId chain, PublicKeys keys) throws IOException {
        RebuiltManifest rebuilt = new RebuiltManifest(folder, chain);
        return rebuilt.withFiles(rebuilt.sealed(keys));
    }

    /** The names of digests are in the order of their days. */
    private Manifest sealed(PublicKeys keys) throws IOException {
        Manifest manifest = Manifest.empty(chain);
        for (String name : folder.list("digests")) {
            if (name.endsWith("/" + chain.partition() + ".json")) {
                manifest = seal(manifest, name, keys);
            }
        }
        return manifest;
    }

    private Manifest seal(Manifest before, String name, PublicKeys keys) throws IOException {
        SignedDigest signed = SignedDigest.of(folder.read(name, LARGEST));
        if (!keys.verify(signed)) {
            throw new IOException(name + " is not signed by one of the public keys; verify the archive first");
        }
        try {
            return new Manifest(
                            chain, before.sealed(), signed.digest().segment().files())
                    .seal(signed.digest());
        } catch (ManifestConflict e) {
            throw new IOException(
                    name + " does not follow the digest before it, or is of another archive; verify the archive first",
                    e);
        }
    }

    /** A file that does not follow is one of a crash, whose records are in others. */
    private Manifest withFiles(Manifest sealed) throws IOException {
        List<FileName> names = folder.list(FileName.FOLDER).stream()
                .flatMap(name -> FileName.of(name).stream())
                .filter(name -> name.partition() == chain.partition())
                .sorted(Comparator.comparingLong(FileName::firstOffset).thenComparingLong(FileName::lastOffset))
                .toList();
        Manifest manifest = sealed;
        for (FileName name : names) {
            Head head = manifest.head();
            if (!head.holds(name.firstOffset())
                    && (head.day() == null || !name.day().isBefore(head.day()))) {
                Rows rows = new Rows(chain);
                SealedFile file = read(name, rows);
                manifest = rows.follow(head.lastHash()) ? manifest.extend(file, head.lastHash()) : manifest;
            }
        }
        return manifest;
    }

    private SealedFile read(FileName name, Rows rows) throws IOException {
        try (ArchiveFile file = folder.open(name.text())) {
            ArchiveFileReader.of(file).read(row -> rows.add(row.entry()));
            Entry last = rows.last;
            if (last == null || last.offset() != name.lastOffset()) {
                throw new IOException("its records are not those that its name says");
            }
            return new SealedFile(
                    name.text(),
                    name.firstOffset(),
                    name.lastOffset(),
                    rows.count,
                    file.size(),
                    file.sha256(),
                    last.hash());
        } catch (IOException e) {
            throw new IOException(name.text() + ": " + e.getMessage(), e);
        }
    }

    /** The records of a file, each of which must follow. */
    private static final class Rows {

        private final Chain chain;
        private @Nullable Hash before;
        private @Nullable Entry last;
        private long count;

        Rows(ChainId id) {
            this.chain = new Chain(id);
        }

        boolean follow(Hash hash) {
            return before != null && before.equals(hash);
        }

        void add(Entry entry) throws IOException {
            Hash previous = last == null ? entry.previousHash() : last.hash();
            Hash hash = chain.hash(entry.offset(), entry.timestamp(), entry.content(), previous);
            if (!previous.equals(entry.previousHash()) || !hash.equals(entry.hash())) {
                throw new IOException("record " + entry.offset() + " was changed");
            }
            before = before == null ? previous : before;
            last = entry;
            count++;
        }
    }
}
