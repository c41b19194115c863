package io.millrace.audit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.archive.bytes.Sha256;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.crypt.KeyStore;
import io.millrace.archive.file.ArchiveFolder;
import io.millrace.archive.file.FileName;
import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.file.WritableFolder;
import io.millrace.archive.manifest.SealedHead;
import io.millrace.archive.parquet.ArchiveFileReader;
import io.millrace.archive.record.Header;
import io.millrace.archive.record.OpenedRecord;
import io.millrace.archive.record.RecordOpener;
import io.millrace.archive.verify.Report;
import io.millrace.archive.verify.Verifier;
import io.millrace.archive.verify.VerifyOptions;
import io.millrace.archive.write.Manifests;
import io.millrace.audit.TestKeys;
import io.millrace.audit.folder.Folders;
import io.millrace.local.Addresses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The topic, keys and folders of one test, the configuration of its job, and what must hold of its archive. */
final class AuditSetting {

    static final int PARTITIONS = 3;

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Path FOLDERS = Path.of("target", "archives").toAbsolutePath();

    private final String name;
    private final Addresses addresses;
    private final AuditTopic topic;
    private final KeyDatabase database;
    private final TestKeys keys = TestKeys.make();
    private final String archive;

    private AuditSetting(String name, Addresses addresses, AuditTopic topic, KeyDatabase database, String archive) {
        this.name = name;
        this.addresses = addresses;
        this.topic = topic;
        this.database = database;
        this.archive = archive;
    }

    /** Makes topic and database; the archive's folder is new. */
    static AuditSetting make(Addresses addresses, String name) throws Exception {
        return make(
                addresses, name, folder(name + "-" + System.nanoTime()).toUri().toString());
    }

    /** Makes them for an archive anywhere. */
    static AuditSetting make(Addresses addresses, String name, String archive) throws Exception {
        return new AuditSetting(
                name,
                addresses,
                AuditTopic.make(addresses.kafkaBootstrap(), name, PARTITIONS),
                KeyDatabase.make(addresses, name.replace('-', '_'), "ab".repeat(32)),
                archive);
    }

    private static Path folder(String name) {
        return FOLDERS.resolve(name);
    }

    AuditTopic topic() {
        return topic;
    }

    KeyDatabase database() {
        return database;
    }

    /**
     * Returns a configuration under which days are sealed once their records were read: partitions have time to bring
     * them, of which otherwise a quiet one would begin with today.
     */
    String patientYaml(int parallelism) {
        return yaml(parallelism).replace("idle: 1 s", "idle: 10 s");
    }

    String yaml(int parallelism) {
        return yaml(parallelism, database.masterKey());
    }

    String yaml(int parallelism, String masterKey) {
        return """
                name: %1$s
                job: {parallelism: %2$d, checkpoint-interval: 500 ms, first-restart-delay: 100 ms}
                source:
                  kafka: {bootstrap-servers: "%3$s"}
                  topic: %1$s
                key-store:
                  host: %4$s
                  port: %5$d
                  database: %6$s
                  user: %7$s
                  master-key: "%8$s"
                  backoff: {longest: 500 ms}
                archive:
                  name: %1$s
                  address: "%9$s"
                  witness: "%10$s"
                  digests: %1$s-digests
                  idle: 1 s
                  tick: 200 ms
                signing:
                  key: "%11$s"
                  public-keys: "%12$s"
                dead-letters: {topic: %1$s-letters, overflow-folder: "%13$s"}
                """.formatted(
                        name,
                        parallelism,
                        addresses.kafkaBootstrap(),
                        addresses.postgresHost(),
                        addresses.postgresPort(),
                        database.name(),
                        addresses.postgresUser(),
                        masterKey,
                        archive,
                        witness().toUri(),
                        keys.privatePem().replace("\n", "\\n"),
                        keys.publicPem().replace("\n", "\\n"),
                        folder("overflow").toUri());
    }

    Path witness() {
        return folder(name + "-witness-" + Sha256.of(archive.getBytes(StandardCharsets.UTF_8)));
    }

    WritableFolder files() throws IOException {
        return Folders.open(archive);
    }

    /** Waits until the manifests end where a read-committed reader of the topic ends, and each chain has a digest. */
    void awaitArchived() {
        Map<Integer, Long> ends = new TreeMap<>();
        topic.committed().forEach(record -> ends.merge(record.partition(), record.offset(), Math::max));
        await("the archive ends at " + ends).atMost(PATIENCE).until(this::archivedThrough, ends::equals);
        await("each partition has a digest").atMost(PATIENCE).until(() -> sealedThrough(null) == PARTITIONS);
    }

    /** Waits until every partition is sealed through yesterday: from then on no file is compacted. */
    void awaitSealed() {
        LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        await("every partition is sealed through yesterday")
                .atMost(PATIENCE)
                .until(() -> sealedThrough(yesterday) == PARTITIONS);
    }

    /**
     * Returns how many partitions have a sealed day.
     *
     * @param day the last one at least, as midnight may come; null for any
     */
    long sealedThrough(@Nullable LocalDate day) throws IOException {
        long sealed = 0;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            SealedHead last = new Manifests(files(), name, name).read(partition).sealed();
            if (last != null && (day == null || !last.day().isBefore(day))) {
                sealed++;
            }
        }
        return sealed;
    }

    /** Returns the last offset of each partition that has any, by the manifests. */
    Map<Integer, Long> archivedThrough() throws IOException {
        Map<Integer, Long> ends = new TreeMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            long last =
                    new Manifests(files(), name, name).read(partition).head().lastOffset();
            if (last >= 0) {
                ends.put(partition, last);
            }
        }
        return ends;
    }

    Report verify() throws IOException {
        return Verifier.verify(
                files(), keys.publicKeys(), new VerifyOptions(name, null, null, new LocalFolder(witness())));
    }

    /** The invariant CH: the chain verifies, and holds exactly what a read-committed reader of the topic sees. */
    void expectWhatTheTopicHolds() throws IOException {
        Report report = verify();
        assertThat(report.findings()).isEmpty();
        List<ConsumerRecord<byte[], byte[]>> wanted = new ArrayList<>(topic.committed());
        wanted.sort(Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
                .thenComparing(ConsumerRecord::offset));
        List<ArchiveFileReader.Row> rows = rows();
        assertThat(rows).hasSameSizeAs(wanted);
        assertThat(report.sealed() + report.chained()).isEqualTo(wanted.size());
        try (KeyStore store = database.open()) {
            RecordOpener opener = new RecordOpener(store);
            for (int i = 0; i < rows.size(); i++) {
                expectSame(rows.get(i), opener, wanted.get(i));
            }
        }
    }

    private void expectSame(ArchiveFileReader.Row row, RecordOpener opener, ConsumerRecord<byte[], byte[]> wanted)
            throws IOException {
        Entry entry = row.entry();
        OpenedRecord opened = opener.open(new ChainId(name, name, row.partition()), entry);
        List<String> headers = new ArrayList<>();
        wanted.headers().forEach(header -> headers.add(header.key() + "=" + Arrays.toString(header.value())));
        assertThat(opened.readability()).isEqualTo(OpenedRecord.Readability.READABLE);
        assertThat(row.partition()).isEqualTo(wanted.partition());
        assertThat(entry.offset()).isEqualTo(wanted.offset());
        assertThat(entry.timestamp()).isEqualTo(wanted.timestamp());
        assertThat(opened.key()).isEqualTo(wanted.key());
        assertThat(opened.value()).isEqualTo(wanted.value());
        assertThat(opened.headers())
                .extracting((Header header) -> header.name() + "=" + Arrays.toString(header.value()))
                .isEqualTo(headers);
    }

    /** Returns all records that a reader of the folder sees, in their order. */
    List<ArchiveFileReader.Row> rows() throws IOException {
        List<ArchiveFileReader.Row> rows = new ArrayList<>();
        for (String file : visible()) {
            try (var open = files().open(file)) {
                ArchiveFileReader.of(open).read(rows::add);
            }
        }
        rows.sort(Comparator.comparingInt(ArchiveFileReader.Row::partition)
                .thenComparing(row -> row.entry().offset()));
        return rows;
    }

    /** Reads a file to its end. */
    void readable(String name) throws IOException {
        try (var open = files().open(name)) {
            ArchiveFileReader.of(open).read(row -> {});
        }
    }

    /** Returns the names of all files of records that a reader sees. */
    List<String> visible() throws IOException {
        return files().list(FileName.FOLDER).stream()
                .filter(name -> !ArchiveFolder.isHidden(name))
                .toList();
    }

    /** Returns a hash of each file that a reader sees. */
    Map<String, String> content() throws IOException {
        Map<String, String> content = new TreeMap<>();
        for (String top : List.of("audit", "digests", "manifests")) {
            for (String file : files().list(top)) {
                if (!ArchiveFolder.isHidden(file)) {
                    content.put(file, Sha256.of(files().read(file, 64 << 20)).toString());
                }
            }
        }
        return Collections.unmodifiableMap(content);
    }
}
