package io.millrace.audit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.archive.chain.Kind;
import io.millrace.archive.crypt.KeyStore;
import io.millrace.archive.crypt.StoredForm;
import io.millrace.archive.parquet.ArchiveFileReader;
import io.millrace.archive.verify.Report;
import io.millrace.audit.JobInProcess;
import io.millrace.audit.chain.EncryptedLetters;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.Midnight;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever is in the topic is in the archive, with the real Kafka and the real key store. */
@WithServers({Server.KAFKA, Server.POSTGRES})
class ArchiveIT {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private final LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);

    private static AuditSetting setting(Addresses addresses, String name) throws Exception {
        AuditSetting setting = AuditSetting.make(addresses, name);
        AuditEvents events = new AuditEvents(setting.topic(), 1);
        setting.topic().write(events.next(60, 0, 0.4));
        setting.topic().writeInTransaction(events.next(10, 0.4, 0.5), true);
        setting.topic().writeInTransaction(events.next(10, 0.5, 0.55), false);
        setting.topic().write(events.next(60, 0.55, 1));
        setting.topic().byBrokersTime();
        return setting;
    }

    @Test
    void holdsWhatAReadCommittedReaderSees(Addresses addresses, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        Midnight.pass();
        AuditSetting setting = setting(addresses, "audit-whole");
        try (JobInProcess job = JobInProcess.start(cluster, setting.patientYaml(2), null)) {
            setting.awaitArchived();
            setting.topic().write(oddRecords(setting.topic()));
            setting.awaitArchived();
            setting.awaitSealed();
            setting.expectWhatTheTopicHolds();

            Report report = setting.verify();
            assertThat(report.sealedThrough()).containsKeys(0, 1);
            assertThat(report.sealedThrough().values())
                    .as("or later, if midnight has come meanwhile")
                    .allSatisfy(day -> assertThat(day).isAfterOrEqualTo(yesterday));
            assertThat(report.sealed()).isPositive();
            assertThat(report.chained()).as("of today").isPositive();
            job.stop();
        }
        setting.expectWhatTheTopicHolds();
    }

    /** No key, no value, an empty value, deep, and as large as Kafka takes them. */
    private static List<ProducerRecord<byte[], byte[]>> oddRecords(AuditTopic topic) {
        byte[] large = ("{\"eventType\":\"READ\",\"userId\":\"person-1\",\"note\":\"" + "x".repeat(1_000_000) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        byte[] deep = ("{\"eventType\":\"READ\",\"deep\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}")
                .getBytes(StandardCharsets.UTF_8);
        return List.of(
                new ProducerRecord<>(topic.name(), 0, null, null),
                new ProducerRecord<>(topic.name(), 0, new byte[0], new byte[0]),
                new ProducerRecord<>(topic.name(), 1, null, large),
                new ProducerRecord<>(topic.name(), 1, new byte[] {(byte) 0xC3}, deep),
                topic.record(0, 0, "person-1", "{\"eventType\":\"LOGIN_FAILED\",\"metadata\":{\"ip\":\"10.99.1.1\"}}"));
    }

    @Test
    void keepsWhatIsNoEventAndSaysSo(Addresses addresses, @InjectMiniCluster MiniCluster cluster) throws Exception {
        AuditSetting setting = setting(addresses, "audit-letters");
        long malformed = setting.topic().committed().stream()
                .filter(record -> new String(record.value(), StandardCharsets.UTF_8).startsWith("no event"))
                .count();
        try (JobInProcess job = JobInProcess.start(cluster, setting.yaml(2), null)) {
            setting.awaitArchived();
            await("a dead letter of each")
                    .atMost(PATIENCE)
                    .until(() -> setting.topic().letters().size() >= malformed);
            job.stop();
        }

        assertThat(setting.rows())
                .filteredOn(row -> row.entry().fields().kind() == Kind.MALFORMED)
                .hasSize((int) malformed);
        assertThat(malformed).as("the control: there are some").isPositive();
        assertThat(setting.topic().letters()).allSatisfy(letter -> {
            assertThat(letter.value()).startsWith(1);
            assertThat(letter.headers().lastHeader(EncryptedLetters.HEADERS).value())
                    .startsWith(1);
        });
    }

    @Test
    void writesNothingPersonalInClear(Addresses addresses, @InjectMiniCluster MiniCluster cluster) throws Exception {
        AuditSetting setting = setting(addresses, "audit-clear");
        String savepoint;
        try (JobInProcess job = JobInProcess.start(cluster, setting.yaml(2), null)) {
            setting.awaitArchived();
            savepoint = job.stop();
        }
        String archive = text(setting.files().list("").stream().map(name -> file(setting, name)));
        String letters = setting.topic().letters().stream()
                .map(letter -> letter.toString() + new String(letter.value(), StandardCharsets.ISO_8859_1))
                .reduce("", String::concat);
        String state = text(files(Path.of(URI.create(savepoint))));

        assertThat(archive).as("the control: staff and types stay readable").contains("support-7", "DOCUMENT_READ");
        for (String text : List.of(archive, letters, state)) {
            assertThat(text)
                    .doesNotContain(
                            "person-",
                            "10.99.",
                            "correlation-",
                            setting.database().masterKey())
                    .doesNotContain(dataKeys(setting));
        }
    }

    /** Of everybody who is in the archive, as they would stand in a file. */
    private static List<String> dataKeys(AuditSetting setting) throws IOException {
        Set<UUID> ids = new HashSet<>();
        for (ArchiveFileReader.Row row : setting.rows()) {
            StoredForm headers = StoredForm.of(row.entry().content().headers());
            ids.addAll(((StoredForm.Encrypted) headers).keys());
        }
        List<String> keys = new ArrayList<>();
        try (KeyStore store = setting.database().open()) {
            for (UUID id : ids) {
                keys.add(new String(store.key(id).orElseThrow().bytes(), StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(keys).as("the control: there are some").isNotEmpty();
        return keys;
    }

    private static byte[] file(AuditSetting setting, String name) {
        try {
            return setting.files().read(name, 64 << 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<byte[]> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream().map(path -> {
                try {
                    return Files.readAllBytes(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static String text(Stream<byte[]> files) {
        StringBuilder text = new StringBuilder();
        files.forEach(bytes -> text.append(new String(bytes, StandardCharsets.ISO_8859_1)));
        return text.toString();
    }

    @Test
    void tellsOfEachSealedDayInTheTopicAndToTheWitness(Addresses addresses, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        Midnight.pass();
        AuditSetting setting = setting(addresses, "audit-digests");
        try (JobInProcess job = JobInProcess.start(cluster, setting.yaml(2), null)) {
            setting.awaitArchived();
            setting.awaitSealed();
            List<String> digests = setting.files().list("digests");
            await("each is in the topic")
                    .atMost(PATIENCE)
                    .until(
                            () -> setting.topic().digests().stream()
                                    .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                                    .distinct()
                                    .count(),
                            count -> count == digests.size());
            job.stop();
        }
        assertThat(setting.topic().digests())
                .allSatisfy(record -> assertThat(record.value())
                        .isEqualTo(file(setting, new String(record.key(), StandardCharsets.UTF_8))));
        assertThat(setting.verify().findings()).as("the witness included").isEmpty();
    }
}
