package io.millrace.archive.sample;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.digest.SigningKey;
import io.millrace.archive.file.FileName;
import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.file.WritableFolder;
import io.millrace.archive.manifest.Manifest;
import io.millrace.archive.parquet.ArchiveFileReader;
import io.millrace.archive.parquet.ArchiveFileWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes an archive file by file and day by day, as the job does, on the disk or in memory. */
public final class SampleArchive {

    public static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    public static final int PARTITIONS = 2;
    public static final String NAME = "test";

    private final WritableFolder folder;
    private final int partitions;
    private final Map<Integer, Manifest> manifests = new HashMap<>();
    private final Map<Integer, SampleEntries> entries = new HashMap<>();
    private final Map<FileName, Hash> firstHashes = new HashMap<>();

    public SampleArchive(Path root) {
        this(new LocalFolder(root), PARTITIONS);
    }

    /** @param partitions as its digests say it */
    public SampleArchive(WritableFolder folder, int partitions) {
        this.folder = folder;
        this.partitions = partitions;
    }

    /** Writes three sealed days, the second of them quiet in partition 1, and a fourth that is open. */
    public static SampleArchive whole(Path root, SigningKey key) {
        return whole(new LocalFolder(root), key);
    }

    /** Writes the same into any folder. */
    public static SampleArchive whole(WritableFolder folder, SigningKey key) {
        SampleArchive archive = new SampleArchive(folder, PARTITIONS);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            for (int day = 0; day < 3; day++) {
                if (day != 1 || partition != 1) {
                    archive.add(partition, MONDAY.plusDays(day), 4);
                    archive.add(partition, MONDAY.plusDays(day), 3);
                }
                archive.seal(partition, MONDAY.plusDays(day), key);
            }
            archive.add(partition, MONDAY.plusDays(3), 2);
        }
        return archive;
    }

    public static ChainId chain(int partition) {
        return new ChainId(NAME, "audit-logs", partition);
    }

    public WritableFolder folder() {
        return folder;
    }

    /** Returns where a file is on the disk. */
    public Path path(String name) {
        return ((LocalFolder) folder).root().resolve(name);
    }

    public Manifest manifest(int partition) {
        return manifests.computeIfAbsent(partition, none -> Manifest.empty(chain(partition)));
    }

    /** Writes the next entries of a partition as a file, and lists it. */
    public SealedFile add(int partition, LocalDate day, int count) {
        List<Entry> next = entries.computeIfAbsent(partition, none -> new SampleEntries(chain(partition), partition))
                .next(day, count);
        SealedFile file = write(partition, day, next);
        write(manifest(partition).extend(file, next.get(0).previousHash()));
        return file;
    }

    /** Writes entries as a file, wherever they come from. */
    public SealedFile write(int partition, LocalDate day, List<Entry> rows) {
        Entry last = rows.get(rows.size() - 1);
        FileName name = new FileName(day, partition, rows.get(0).offset(), last.offset());
        firstHashes.put(name, rows.get(0).hash());
        return write(name.text(), partition, rows);
    }

    /** Writes entries as a file of any name. */
    public SealedFile write(String name, int partition, List<Entry> rows) {
        Entry last = rows.get(rows.size() - 1);
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ArchiveFileWriter writer = new ArchiveFileWriter(out, chain(partition));
            for (Entry row : rows) {
                writer.add(row);
            }
            Hash sha256 = writer.finish();
            put(name, out.toByteArray());
            return new SealedFile(
                    name, rows.get(0).offset(), last.offset(), rows.size(), writer.size(), sha256, last.hash());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Entry> read(String name) {
        List<Entry> rows = new ArrayList<>();
        try (var file = folder.open(name)) {
            ArchiveFileReader.of(file).read(row -> rows.add(row.entry()));
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seals the day of a partition. */
    public Digest seal(int partition, LocalDate day, SigningKey key) {
        Manifest manifest = manifest(partition);
        Hash firstHash = manifest.files().stream()
                .map(file -> FileName.of(file.name()).orElseThrow())
                .filter(name -> name.day().equals(day))
                .findFirst()
                .map(firstHashes::get)
                .orElse(null);
        Digest digest = new Digest(
                chain(partition),
                partitions,
                day,
                manifest.sealed() == null ? 0 : manifest.sealed().sequence() + 1,
                manifest.sealed() == null ? Hash.ZERO : manifest.sealed().digest(),
                manifest.segment(day, firstHash),
                key.id(),
                Instant.parse("2026-03-09T01:00:00Z"));
        put(digest.name(), key.sign(digest).toBytes());
        write(manifest.seal(digest));
        return digest;
    }

    private void write(Manifest manifest) {
        manifests.put(manifest.chain().partition(), manifest);
        put(Manifest.name(manifest.chain().partition()), manifest.toBytes());
    }

    /** Writes any bytes as a file; on the disk without waiting until they are there. */
    public void put(String name, byte[] bytes) {
        try {
            if (folder instanceof LocalFolder) {
                Files.createDirectories(path(name).getParent());
                Files.write(path(name), bytes);
            } else {
                folder.replace(name, bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] bytes(String name) {
        try {
            return folder.read(name, Integer.MAX_VALUE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void remove(String name) {
        try {
            folder.remove(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the names of the files of a partition's day. */
    public List<String> files(int partition, LocalDate day) {
        try {
            return folder.list(FileName.FOLDER + "/dt=" + day).stream()
                    .filter(name -> FileName.of(name).orElseThrow().partition() == partition)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
