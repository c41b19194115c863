package io.millrace.cli.audit;

import static io.millrace.cli.audit.AuditScene.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.record.RawRecord;
import io.millrace.cli.CommandLineRun;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of a real topic, verified by its files, and against the topic. */
@WithServers({Server.KAFKA, Server.POSTGRES})
class AuditVerifyIT {

    private static final LocalDate FIRST = TODAY.minusDays(3);

    private final Addresses addresses;

    @TempDir
    private Path folder;

    private AuditScene scene;

    AuditVerifyIT(Addresses addresses) {
        this.addresses = addresses;
    }

    @BeforeEach
    void archive() throws Exception {
        scene = new AuditScene(addresses, folder, "it-verify-" + UUID.randomUUID());
        scene.resetKeys();
        for (int day = 0; day < 3; day++) {
            for (int record = 0; record < 5; record++) {
                scene.write(record % 2, FIRST.plusDays(day), "user-" + record, "document-" + record);
            }
        }
        scene.archive(TODAY.minusDays(2));
    }

    private List<Path> files(String top) throws IOException {
        try (Stream<Path> files = Files.walk(scene.archive.resolve(top))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void provesByTheFilesAloneWhatIsSealed() {
        CommandLineRun run = scene.verify();

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("archive `it`, 2 partition(s)")
                .contains("proven: 10 record(s) by signed digests")
                .contains("sealed through " + TODAY.minusDays(2) + " in every partition")
                .contains("not proven: 5 record(s) are not sealed yet")
                .contains("not proven: that the newest days were not cut off")
                .contains("not proven: that each record came from the topic")
                .containsPattern("read \\d+\\.\\d MB of records in \\d+\\.\\d\\d s, \\d+ MB/s")
                .endsWith("OK nothing is wrong\n");
    }

    @Test
    void provesAgainstTheTopicWithAndWithoutKeys() {
        CommandLineRun with = scene.verify(scene.keys(scene.kafka("--witness", scene.witness.toString())));
        CommandLineRun without = scene.verify(scene.kafka());

        assertThat(with.err()).isEmpty();
        assertThat(with.code()).isZero();
        assertThat(with.out())
                .contains("proven: 15 record(s) are in the topic as they are here")
                .doesNotContain("--master-key-file opens them")
                .doesNotContain("cut off");
        assertThat(without.code()).isZero();
        assertThat(without.out())
                .contains("proven: 15 record(s) are in the topic at the same position")
                .contains("--master-key-file opens them");
    }

    @Test
    void namesTheFirstRecordThatWasChanged() throws Exception {
        Path file = files("audit").get(0);
        byte[] bytes = Files.readAllBytes(file);
        String name = scene.archive.relativize(file).toString();
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        CommandLineRun run = scene.verify();

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("WRONG ")
                .containsPattern("1 thing\\(s\\) are wrong; the first wrong record is 0-\\d+ in " + name)
                .doesNotContain("OK");
    }

    @Test
    void aDamagedDigestIsWrongAndNotAFailure() throws Exception {
        Files.writeString(files("digests").get(0), "{}");

        CommandLineRun run = scene.verify(scene.kafka());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("WRONG DIGEST").contains("it could not be compared with the topic");
    }

    @Test
    void theRangeSaysWhatMustBeSealed() {
        assertThat(scene.verify("--to", TODAY.minusDays(2).toString()).code()).isZero();
        CommandLineRun beyond = scene.verify("--to", TODAY.toString());
        assertThat(beyond.code()).isEqualTo(1);
        assertThat(beyond.out()).contains("asked for was " + TODAY);
        assertThat(scene.verify("--from", TODAY.minusDays(2).toString()).out()).contains("proven: 5 record(s) by");
    }

    /** Whoever has the key and forges a whole archive is found by the topic, and by nothing else. */
    @Test
    void aForgedRecordIsFoundByTheTopicAlone() throws Exception {
        Path forged = scene.folder.resolve("forged");
        scene.archive(forged, TODAY.minusDays(2), record -> record.position().offset() == 2 ? changed(record) : record);

        assertThat(scene.verify(forged).code())
                .as("the control: by itself it verifies")
                .isZero();
        CommandLineRun run = scene.verify(forged, scene.keys(scene.kafka()));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("WRONG TOPIC record 0-2 in ")
                .contains("the topic has another key, other headers or another value")
                .contains("WRONG WITNESS")
                .contains("has another digest of this day");
    }

    private static RawRecord changed(RawRecord record) {
        byte[] other = "{\"eventType\":\"NOTHING\",\"userId\":\"user-0\"}".getBytes(StandardCharsets.UTF_8);
        return new RawRecord(record.position(), record.timestamp(), record.key(), record.headers(), other);
    }

    @Test
    void aRecordThatWasLeftOutIsFoundByTheTopicAlone() throws Exception {
        Path forged = scene.folder.resolve("forged");
        scene.archive(forged, TODAY.minusDays(2), record -> record.position().offset() == 2 ? null : record);

        assertThat(scene.verify(forged).code())
                .as("the control: by itself it verifies")
                .isZero();
        CommandLineRun run = scene.verify(forged, scene.kafka());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .containsPattern("WRONG TOPIC record 0-2 in .*: the topic has this record, and the archive does not");
    }

    @Test
    void aTimestampThatWasChangedIsFoundByTheTopicAlsoWithoutKeys() throws Exception {
        Path forged = scene.folder.resolve("forged");
        scene.archive(
                forged,
                TODAY.minusDays(2),
                it -> new RawRecord(
                        it.position(),
                        it.timestamp() + it.position().offset() / 4,
                        it.key(),
                        it.headers(),
                        it.value()));

        CommandLineRun run = scene.verify(forged, scene.kafka());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("WRONG TOPIC record 0-4 in ").contains("the topic has the timestamp");
    }

    @Test
    void anOlderArchiveIsFoundByTheTopicOfDigestsAndByTheWitness() throws Exception {
        Path older = scene.folder.resolve("older");
        scene.archive(older, TODAY.minusDays(3), record -> record);

        assertThat(scene.verify(older).code())
                .as("the control: by itself it verifies")
                .isZero();
        CommandLineRun byTopic = scene.verify(older, scene.kafka());
        CommandLineRun byWitness = scene.verify(older, "--witness", scene.witness.toString());

        assertThat(byTopic.code()).isEqualTo(1);
        assertThat(byTopic.out()).contains("has this digest, and the archive does not");
        assertThat(byWitness.code()).isEqualTo(1);
        assertThat(byWitness.out()).contains("the witness has this digest, and the archive does not");
    }

    @Test
    void whatTheTopicNoLongerKeepsIsToldAndWhatIsNotArchivedYet() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", addresses.kafkaBootstrap()))) {
            admin.deleteRecords(Map.of(new TopicPartition(scene.topic, 0), RecordsToDelete.beforeOffset(4)))
                    .all()
                    .get();
        }
        scene.write(1, TODAY, "user-9", "document-9");

        CommandLineRun run = scene.verify(scene.keys(scene.kafka()));

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("proven: 11 record(s) are in the topic as they are here")
                .contains("not proven: 4 record(s) are not in the topic any longer")
                .contains("not proven: 1 record(s) of the topic are not in the archive yet");
    }

    @Test
    void whatCannotBeVerifiedEndsWithThree() {
        CommandLineRun noKey = scene.run(
                "audit", "verify", "--archive", scene.archive.toString(), "--public-key", scene.file("none.pem"));
        CommandLineRun noArchive = scene.verify(scene.folder.resolve("none"));
        CommandLineRun empty = scene.verify(scene.witness.getParent());

        assertThat(noKey.code()).isEqualTo(3);
        assertThat(noKey.err()).contains("none.pem does not exist");
        assertThat(noArchive.code()).isEqualTo(3);
        assertThat(empty.code()).isEqualTo(1);
        assertThat(empty.out()).contains("there is no digest: nothing is proven");
    }
}
