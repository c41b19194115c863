package io.millrace.cli.audit;

import io.millrace.archive.crypt.LocalMasterKey;
import io.millrace.archive.crypt.PostgresKeyStore;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.digest.SigningKey;
import io.millrace.archive.file.LocalFolder;
import io.millrace.cli.CommandLineRun;
import io.millrace.cli.ProjectFolder;
import io.millrace.cli.Workspace;
import io.millrace.local.Addresses;
import io.millrace.testing.KafkaTopics;
import io.millrace.testing.Midnight;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A topic of audit events, its archive with keys of its own, and the commands over both. */
final class AuditScene {

    /** Longer than all tests take that make a scene, and shorter than one may. */
    private static final Duration ALL_SCENES = Duration.ofMinutes(8);

    /** One day for a whole run: to commands, too, which count the days that something is old. */
    static final LocalDate TODAY = today();

    static final int PARTITIONS = 2;

    final Path folder;
    final Path archive;
    final Path witness;
    final String topic;
    final KafkaTopics topics;

    private final Addresses addresses;

    AuditScene(Addresses addresses, Path folder, String topic) throws IOException {
        this.addresses = addresses;
        this.folder = folder;
        this.archive = folder.resolve("archive");
        this.witness = Files.createDirectories(folder.resolve("witness"));
        this.topic = topic;
        this.topics = new KafkaTopics(addresses.kafkaBootstrap());
        topics.create(
                topic,
                PARTITIONS,
                Map.of("message.timestamp.type", "CreateTime", "retention.ms", "864000000", "segment.ms", "86400000"));
        topics.create(topic + "-digests", 1);
        expectDone(run(
                "audit", "keys", "signing", "--private-key", file("signing.pem"), "--public-key", file("keys.pem")));
        expectDone(run("audit", "keys", "master", "--master-key-file", file("master.key")));
    }

    private static LocalDate today() {
        Midnight.pass(ALL_SCENES);
        return LocalDate.now(ZoneOffset.UTC);
    }

    private static void expectDone(CommandLineRun run) {
        if (run.code() != 0) {
            throw new IllegalStateException(run.err());
        }
    }

    String file(String name) {
        return folder.resolve(name).toString();
    }

    /** Forgets the keys of a scene before. */
    void resetKeys() throws SQLException {
        try (var connection = DriverManager.getConnection(addresses.postgresUrl(), addresses.postgresUser(), "");
                var statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS millrace_audit CASCADE");
        }
    }

    Properties client() {
        Properties client = new Properties();
        client.put("bootstrap.servers", addresses.kafkaBootstrap());
        return client;
    }

    PostgresKeyStore store() throws IOException {
        return PostgresKeyStore.open(
                () -> DriverManager.getConnection(addresses.postgresUrl(), addresses.postgresUser(), ""),
                List.of(LocalMasterKey.of(Files.readString(folder.resolve("master.key")))));
    }

    SigningKey signingKey() throws IOException {
        return KeyFiles.signingKey(folder.resolve("signing.pem"), KeyFiles.publicKeys(folder.resolve("keys.pem")));
    }

    /** Writes an event of a person on a day, when it has just begun: Kafka refuses what is to come. */
    void write(int partition, LocalDate day, String userId, String resource) {
        String event =
                "{\"eventType\":\"DOCUMENT_READ\",\"userId\":\"" + userId + "\",\"resourceId\":\"" + resource + "\"}";
        writeEvent(partition, day, event, userId);
    }

    void writeEvent(int partition, LocalDate day, String event, String key) {
        long begin = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, begin, bytes(key), bytes(event));
        record.headers().add("event-type", bytes("DOCUMENT_READ"));
        topics.write(List.of(record));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Archives what came since, seals through a day, and tells the witness and the topic of digests. */
    void archive(LocalDate sealThrough) throws IOException {
        archive(archive, sealThrough, record -> record);
    }

    void archive(Path place, LocalDate sealThrough, ArchivedTopic.Forgery forgery) throws IOException {
        try (PostgresKeyStore store = store()) {
            List<SignedDigest> sealed =
                    new ArchivedTopic(place, topic, store, signingKey()).archive(client(), sealThrough, forgery);
            if (place.equals(archive)) {
                tell(sealed);
            }
        }
    }

    private void tell(List<SignedDigest> sealed) throws IOException {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (SignedDigest digest : sealed) {
            new LocalFolder(witness).replace(digest.digest().name(), digest.toBytes());
            records.add(new ProducerRecord<>(topic + "-digests", digest.toBytes()));
        }
        topics.write(records);
    }

    CommandLineRun run(String... arguments) {
        Workspace workspace =
                new Workspace(ProjectFolder.root(), Map.of("PGUSER", addresses.postgresUser(), "PGPASSWORD", "any"));
        return CommandLineRun.of(workspace, arguments);
    }

    /** Verifies the archive by its files. */
    CommandLineRun verify(String... more) {
        return verify(archive, more);
    }

    CommandLineRun verify(Path place, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("audit", "verify", "--archive", place.toString(), "--public-key", file("keys.pem")));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    /** The options that name Kafka and its topic of digests. */
    String[] kafka(String... more) {
        List<String> options = new ArrayList<>(List.of(
                "--kafka", "--bootstrap-servers", addresses.kafkaBootstrap(), "--digests-topic", topic + "-digests"));
        options.addAll(List.of(more));
        return options.toArray(String[]::new);
    }

    /** The options that name the key store. */
    String[] keys(String... more) {
        List<String> options = new ArrayList<>(List.of(more));
        options.addAll(List.of("--postgres", postgres(), "--master-key-file", file("master.key")));
        return options.toArray(String[]::new);
    }

    String postgres() {
        return addresses.postgresUrl().replace("jdbc:", "");
    }

    String bootstrap() {
        return addresses.kafkaBootstrap();
    }
}
