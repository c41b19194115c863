package io.millrace.archive.sql;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Content;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Fields;
import io.millrace.archive.chain.Kind;
import io.millrace.archive.file.FileName;
import io.millrace.archive.parquet.ArchiveFileWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Writes the files of one partition, with each value absent from some record. */
final class PartitionFiles {

    private final Path archive;
    private final Chain chain;
    private final Random random = new Random(7);
    private long offset;
    private Hash hash;

    PartitionFiles(Path archive, int partition) {
        this.archive = archive;
        this.chain = new Chain(new ChainId("test", "audit-logs", partition));
        this.hash = chain.genesis();
    }

    /** Writes a file of a day: so many times three records, the first of them with a value of so many bytes. */
    void add(LocalDate day, int times, int size) throws IOException {
        long midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            byte[] value = new byte[size];
            random.nextBytes(value);
            entries.add(next(midnight, whole(midnight), content("user-7", value)));
            entries.add(next(midnight, bare(), content(null, null)));
            entries.add(next(midnight, Fields.none(Kind.MALFORMED), content(null, bytes("no JSON"))));
        }
        write(day, entries);
    }

    private static Fields whole(long midnight) {
        return new Fields(
                Kind.EVENT, midnight - 1, "e-1", "DOCUMENT_READ", "~eAQE", "Zoë", "document-7", "{\"ip\":\"~x\"}");
    }

    private static Fields bare() {
        return new Fields(Kind.EVENT, null, null, "LOGGED_IN", null, null, null, null);
    }

    private static Content content(@Nullable String key, byte @Nullable [] value) {
        return new Content(key == null ? null : bytes(key), bytes("headers"), value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Entry next(long timestamp, Fields fields, Content content) {
        Entry entry = chain.entry(offset, timestamp, content, fields, hash);
        offset += 2;
        hash = entry.hash();
        return entry;
    }

    private void write(LocalDate day, List<Entry> entries) throws IOException {
        FileName name = new FileName(
                day,
                chain.id().partition(),
                entries.get(0).offset(),
                entries.get(entries.size() - 1).offset());
        Path file = archive.resolve(name.text());
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
            ArchiveFileWriter writer = new ArchiveFileWriter(out, chain.id());
            for (Entry entry : entries) {
                writer.add(entry);
            }
            writer.finish();
        }
    }
}
