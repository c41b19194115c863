package io.millrace.audit.watch;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Content;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Fields;
import io.millrace.archive.chain.Kind;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.file.FileName;
import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.manifest.Manifest;
import io.millrace.archive.parquet.ArchiveFileWriter;
import io.millrace.archive.write.Compactor;
import io.millrace.archive.write.Manifests;
import io.millrace.archive.write.Sealer;
import io.millrace.audit.TestKeys;
import io.millrace.audit.write.ArchiveOptions;
import io.millrace.common.failure.Backoff;
import io.millrace.common.sink.kafka.Transactions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** An archive of two partitions in a folder, written day by day. */
final class SmallArchive {

    static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    static final String NAME = "test";
    static final int PARTITIONS = 2;

    private static final String TOPIC = "audit-logs";
    private static final Duration SHORT = Duration.ofMillis(1);

    private final Path root;
    private final TestKeys keys;
    private final Manifests manifests;

    SmallArchive(Path root) {
        this(root, TestKeys.make());
    }

    private SmallArchive(Path root, TestKeys keys) {
        this.root = root;
        this.keys = keys;
        this.manifests = new Manifests(folder(), NAME, TOPIC);
    }

    LocalFolder folder() {
        return new LocalFolder(root);
    }

    WatchOptions options(Pace pace) {
        ArchiveOptions archive = new ArchiveOptions(
                address(), NAME, TOPIC, 1, 1, 4, "", "audit-digests", false, new Backoff(SHORT, SHORT, SHORT));
        Transactions transactions = new Transactions("audit-alerts", Duration.ofMinutes(15));
        return new WatchOptions("audit", archive, keys.publicPem(), pace, "alerts", transactions);
    }

    /** Adds a file to each partition, and seals the day. */
    void day(LocalDate day) throws IOException {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            add(partition, day);
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            seal(partition, day);
        }
    }

    /** Adds a file of three records, and returns its name. */
    String add(int partition, LocalDate day) throws IOException {
        Manifest manifest = manifests.read(partition);
        Chain chain = new Chain(new ChainId(NAME, TOPIC, partition));
        long first = manifest.head().lastOffset() + 1;
        String name = new FileName(day, partition, first, first + 2).text();
        long midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArchiveFileWriter writer = new ArchiveFileWriter(out, manifest.chain());
        Hash last = manifest.head().lastHash();
        for (long offset = first; offset < first + 3; offset++) {
            byte[] value = ("record " + offset).getBytes(StandardCharsets.UTF_8);
            Entry entry = chain.entry(
                    offset, midnight, new Content(null, new byte[0], value), Fields.none(Kind.MALFORMED), last);
            writer.add(entry);
            last = entry.hash();
        }
        Hash sha256 = writer.finish();
        folder().replace(name, out.toByteArray());
        SealedFile file = new SealedFile(name, first, first + 2, 3, writer.size(), sha256, last);
        manifests.write(manifest.extend(file, manifest.head().lastHash()));
        return name;
    }

    void seal(int partition, LocalDate day) throws IOException {
        new Sealer(manifests, new Compactor(manifests, 1), keys.signing().open(), InstantSource.system())
                .seal(partition, day, PARTITIONS);
    }

    byte[] read(String name) throws IOException {
        return Files.readAllBytes(root.resolve(name));
    }

    void write(String name, byte[] bytes) throws IOException {
        Files.write(root.resolve(name), bytes);
    }

    void remove(String name) throws IOException {
        Files.delete(root.resolve(name));
    }

    /** Changes a byte in the midst of a file. */
    void flip(String name) throws IOException {
        byte[] bytes = read(name);
        bytes[bytes.length / 2] ^= 1;
        write(name, bytes);
    }

    String address() {
        return root.toUri().toString();
    }

    /** Returns an archive that is now as this one is, with its keys. */
    SmallArchive copy(Path to) throws IOException {
        SmallArchive copy = new SmallArchive(to, keys);
        for (String name : folder().list("")) {
            copy.folder().replace(name, read(name));
        }
        return copy;
    }
}
