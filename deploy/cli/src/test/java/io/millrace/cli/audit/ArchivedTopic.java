package io.millrace.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Kind;
import io.millrace.archive.chain.Position;
import io.millrace.archive.crypt.KeyStore;
import io.millrace.archive.crypt.Subject;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.digest.SigningKey;
import io.millrace.archive.file.FileName;
import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.manifest.Head;
import io.millrace.archive.parquet.ArchiveFileWriter;
import io.millrace.archive.record.Header;
import io.millrace.archive.record.OwnedText;
import io.millrace.archive.record.RawRecord;
import io.millrace.archive.record.ReadEvent;
import io.millrace.archive.record.RecordCipher;
import io.millrace.archive.record.StoredRecord;
import io.millrace.archive.write.Committer;
import io.millrace.archive.write.Compactor;
import io.millrace.archive.write.Manifests;
import io.millrace.archive.write.Sealer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Archives a topic as a job does, in this process and by the library alone. */
final class ArchivedTopic {

    static final String NAME = "it";

    private final LocalFolder folder;
    private final String topic;
    private final RecordCipher cipher;
    private final Manifests manifests;
    private final Sealer sealer;
    private final List<SignedDigest> sealed = new ArrayList<>();
    private int partitions;

    ArchivedTopic(Path root, String topic, KeyStore keys, SigningKey key) {
        this.folder = new LocalFolder(root);
        this.topic = topic;
        this.cipher = new RecordCipher(keys);
        this.manifests = new Manifests(folder, NAME, topic);
        this.sealer = new Sealer(manifests, new Compactor(manifests, 1), key, Instant::now);
    }

    /** Changes what is archived of a record; returns null to leave it out. */
    @FunctionalInterface
    interface Forgery {
        @Nullable
        RawRecord of(RawRecord record);
    }

    /** Archives what came since the last time, and seals through a day; returns the digests of all that it ever sealed. */
    List<SignedDigest> archive(Properties client, LocalDate sealThrough) throws IOException {
        return archive(client, sealThrough, record -> record);
    }

    List<SignedDigest> archive(Properties client, LocalDate sealThrough, Forgery forgery) throws IOException {
        try (TopicCursor cursor = new TopicCursor(client, topic)) {
            partitions = cursor.partitions();
            for (int partition = 0; partition < partitions; partition++) {
                cursor.open(partition);
                archive(cursor, partition, forgery);
                sealThrough(partition, sealThrough);
            }
        }
        return sealed;
    }

    private void archive(TopicCursor cursor, int partition, Forgery forgery) throws IOException {
        ChainId id = new ChainId(NAME, topic, partition);
        Head head = manifests.read(partition).head();
        List<Entry> open = new ArrayList<>();
        for (var next = cursor.peek(); next.isPresent(); next = cursor.peek()) {
            RawRecord record = forgery.of(raw(id, next.get()));
            cursor.skip();
            if (record == null || head.holds(record.position().offset())) {
                continue;
            }
            LocalDate day = head.dayOf(record.timestamp());
            if (!open.isEmpty() && !day.equals(head.day())) {
                commit(id, head.day(), open);
                open.clear();
            }
            Entry entry = entry(id, record, head);
            open.add(entry);
            head = head.then(entry);
        }
        if (!open.isEmpty()) {
            commit(id, head.day(), open);
        }
    }

    private Entry entry(ChainId id, RawRecord record, Head head) throws IOException {
        StoredRecord stored = cipher.encrypt(record, event(record));
        return new Chain(id)
                .entry(
                        record.position().offset(),
                        record.timestamp(),
                        stored.content(),
                        stored.fields(),
                        head.lastHash());
    }

    private static RawRecord raw(ChainId id, ConsumerRecord<byte[], byte[]> record) {
        List<Header> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new Header(header.key(), header.value())));
        return new RawRecord(
                new Position(id, record.offset()), record.timestamp(), record.key(), headers, record.value());
    }

    private static ReadEvent event(RawRecord record) throws IOException {
        JsonNode event = new ObjectMapper().readTree(record.value());
        List<Subject> subjects = new ArrayList<>();
        for (String name : List.of("userId", "customer")) {
            if (event.hasNonNull(name)) {
                subjects.add(Subject.person(event.path(name).asText()));
            }
        }
        OwnedText type = OwnedText.clear(event.path("eventType").asText());
        return new ReadEvent(Kind.EVENT, subjects, null, null, type, null, null, null, null);
    }

    private void commit(ChainId id, LocalDate day, List<Entry> rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArchiveFileWriter writer = new ArchiveFileWriter(out, id);
        for (Entry row : rows) {
            writer.add(row);
        }
        var sha256 = writer.finish();
        Entry first = rows.get(0);
        Entry last = rows.get(rows.size() - 1);
        String name = new FileName(day, id.partition(), first.offset(), last.offset()).text();
        SealedFile file =
                new SealedFile(name, first.offset(), last.offset(), rows.size(), writer.size(), sha256, last.hash());
        new Committer(manifests).commit(file, first.previousHash(), () -> folder.replace(name, out.toByteArray()));
    }

    private void sealThrough(int partition, LocalDate through) throws IOException {
        var manifest = manifests.read(partition);
        LocalDate next = manifest.sealed() != null
                ? manifest.sealed().day().plusDays(1)
                : manifest.files().isEmpty()
                        ? through
                        : FileName.of(manifest.files().get(0).name())
                                .orElseThrow()
                                .day();
        for (LocalDate day = next; !day.isAfter(through); day = day.plusDays(1)) {
            sealed.add(sealer.seal(partition, day, partitions));
        }
    }
}
