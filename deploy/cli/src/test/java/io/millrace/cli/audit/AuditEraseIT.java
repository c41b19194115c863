package io.millrace.cli.audit;

import static io.millrace.cli.audit.AuditScene.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Position;
import io.millrace.archive.crypt.PostgresKeyStore;
import io.millrace.archive.crypt.Subject;
import io.millrace.cli.CommandLineRun;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person is read, erased, and read no longer, over a real topic and a real key store. */
@WithServers({Server.KAFKA, Server.POSTGRES})
class AuditEraseIT {

    private static final LocalDate YESTERDAY = TODAY.minusDays(1);
    private static final Subject ANNA = Subject.person("anna");

    private final Addresses addresses;

    @TempDir
    private Path folder;

    private AuditScene scene;

    AuditEraseIT(Addresses addresses) {
        this.addresses = addresses;
    }

    @BeforeEach
    void archive() throws Exception {
        scene = new AuditScene(addresses, folder, "it-erase-" + UUID.randomUUID());
        scene.resetKeys();
        scene.write(0, YESTERDAY, "anna", "contract");
        scene.write(0, YESTERDAY, "bert", "invoice");
        scene.writeEvent(1, YESTERDAY, "{\"eventType\":\"SHARED\",\"userId\":\"bert\",\"customer\":\"anna\"}", "bert");
        scene.write(1, TODAY, "anna", "letter");
        scene.archive(YESTERDAY);
    }

    private CommandLineRun show(String person, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("audit", "show", "--subject", person, "--archive", scene.archive.toString()));
        arguments.addAll(List.of(more));
        return scene.run(scene.keys(arguments.toArray(String[]::new)));
    }

    private CommandLineRun erase(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("audit", "erase", "--subject", "anna", "--archive", scene.archive.toString(), "--wait", "1s"));
        arguments.addAll(List.of("--bootstrap-servers", scene.bootstrap()));
        arguments.addAll(List.of(more));
        return scene.run(scene.keys(arguments.toArray(String[]::new)));
    }

    @Test
    void showsTheRecordsOfAPersonAndOfNobodyElse() throws Exception {
        CommandLineRun run = show("anna");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEqualTo("3 record(s)\n");
        assertThat(run.out())
                .contains("0:0  " + YESTERDAY + "T00:00:00Z  event", "1:0  ", "1:1  ")
                .contains("  key  anna", "  header event-type  DOCUMENT_READ", "\"resourceId\":\"contract\"")
                .doesNotContain("invoice");
        assertThat(show("anna", "--to", YESTERDAY.toString()).err()).isEqualTo("2 record(s)\n");
        assertThat(show("nobody").err()).contains("no key of that person");
        JsonNode first = new ObjectMapper()
                .readTree(show("anna", "--json").out().lines().findFirst().orElseThrow());
        assertThat(first.path("offset").asText()).isEqualTo("0");
        assertThat(first.path("key").asText()).isEqualTo("anna");
        assertThat(first.path("headers").path(0).path("value").asText()).isEqualTo("DOCUMENT_READ");
        assertThat(new ObjectMapper()
                        .readTree(first.path("value").asText())
                        .path("resourceId")
                        .asText())
                .isEqualTo("contract");
    }

    @Test
    void withoutYesItOnlySaysWhatItWouldDo() throws Exception {
        CommandLineRun run = erase();

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("would destroy the key ").contains("--yes erases");
        assertThat(show("anna").err()).isEqualTo("3 record(s)\n");
        assertThat(scene.topics.read(scene.topic)).hasSize(4);
    }

    @Test
    void whoIsErasedIsReadNoLongerAndTheArchiveStillVerifies() throws Exception {
        CommandLineRun run = erase("--yes", "--by", "dpo@example.com");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(show("anna").err()).contains("no key of that person");
        CommandLineRun shared = show("bert");
        assertThat(shared.err()).isEqualTo("2 record(s)\n");
        assertThat(shared.out())
                .contains("invoice")
                .contains("cannot be read: it is about somebody else, too, who was erased")
                .doesNotContain("SHARED");
        CommandLineRun verified = scene.verify(scene.keys(scene.kafka()));
        assertThat(verified.code()).as(verified.out()).isZero();
        assertThat(verified.out())
                .contains("proven: 1 record(s) are in the topic as they are here")
                .contains("not proven: 3 record(s) cannot be compared with the topic's bytes: a person was erased");
    }

    @Test
    void theErasureIsAnEventThatDoesNotNameThePerson() throws Exception {
        String hidden = hidden();
        assertThat(erase("--yes", "--by", "dpo@example.com").code()).isZero();

        ConsumerRecord<byte[], byte[]> event = scene.topics.read(scene.topic).stream()
                .filter(record -> new String(record.value(), StandardCharsets.UTF_8).contains(Erasure.EVENT_TYPE))
                .findFirst()
                .orElseThrow();
        JsonNode json = new ObjectMapper().readTree(event.value());
        assertThat(json.path("accessedBy").asText()).isEqualTo("dpo@example.com");
        assertThat(json.path("resourceId").asText()).isEqualTo("subject:" + hidden);
        assertThat(json.path("metadata").path("upTo").path("0").asText()).isEqualTo("1");
        assertThat(json.path("metadata").path("upTo").path("1").asText()).isEqualTo("1");
        assertThat(new String(event.value(), StandardCharsets.UTF_8)).doesNotContain("anna");
        assertThat(event.key()).isNull();

        scene.archive(YESTERDAY);
        assertThat(scene.verify().code()).isZero();
        assertThat(show("anna").err()).as("archiving the event makes no key").contains("no key of that person");
    }

    private String hidden() throws IOException {
        try (PostgresKeyStore store = scene.store()) {
            return HexFormat.of().formatHex(store.hidden(ANNA));
        }
    }

    @Test
    void aReplayMakesNoNewKeyAndWhatComesLaterGetsOne() throws Exception {
        assertThat(erase("--yes").code()).isZero();
        scene.archive(scene.folder.resolve("replayed"), YESTERDAY, record -> record);

        assertThat(show("anna").err()).contains("no key of that person");
        assertThat(scene.verify(scene.folder.resolve("replayed")).code()).isZero();
        try (PostgresKeyStore store = scene.store()) {
            ChainId chain = new ChainId(ArchivedTopic.NAME, scene.topic, 1);
            assertThat(store.keyFor(ANNA, new Position(chain, 1))).isEmpty();
        }

        scene.write(1, TODAY, "anna", "new contract");
        scene.archive(YESTERDAY);
        CommandLineRun later = show("anna");
        assertThat(later.err()).isEqualTo("1 record(s)\n");
        assertThat(later.out()).contains("new contract").doesNotContain("letter");
    }

    @Test
    void theCertificateSaysWhatRemainsAndUntilWhen() throws Exception {
        Instant before = Instant.now().truncatedTo(ChronoUnit.DAYS);
        CommandLineRun run =
                erase("--yes", "--backups-kept", "30d", "--out", scene.file("certificate.txt"), "--by", "dpo");

        // 10 days of retention and a day of a segment
        assertThat(run.out())
                .startsWith("CERTIFICATE OF ERASURE\nperson      anna\nknown as    " + hidden())
                .contains("archive     it, topic " + scene.topic)
                .containsPattern("up to +0:1, 1:1\n")
                .containsPattern("recorded +event [0-9a-f-]{36} at [01]:\\d of " + scene.topic)
                .containsPattern(
                        "until (" + day(before, 11) + "|" + day(before, 12)
                                + ")T.*Z at the latest \\(it keeps records for 10 day\\(s\\), and a segment for up to 1 day\\(s\\) more\\)")
                .containsPattern(
                        "until (" + day(before, 30) + "|" + day(before, 31) + ")T.*Z, if backups are kept for 30 day");
        assertThat(Files.readString(scene.folder.resolve("certificate.txt"))).isEqualTo(run.out());
        CommandLineRun again = erase("--yes", "--out", scene.file("certificate.txt"));
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("exists already");
    }

    private static String day(Instant from, int days) {
        return from.plus(days, ChronoUnit.DAYS).toString().substring(0, 10);
    }

    @Test
    void anErasureThatWasCutOffIsFinishedByTheNext() throws Exception {
        try (PostgresKeyStore store = scene.store()) {
            store.beginErasing(ANNA);
        }
        assertThat(erase().out()).contains("was begun and not finished");

        CommandLineRun run = erase("--yes");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("there was none any longer");
        try (PostgresKeyStore store = scene.store()) {
            assertThat(store.isErasing(ANNA)).isFalse();
            ChainId chain = new ChainId(ArchivedTopic.NAME, scene.topic, 1);
            assertThat(store.keyFor(ANNA, new Position(chain, 1))).isEmpty();
        }
    }

    @Test
    void whoIsHeldIsNotErased() throws Exception {
        CommandLineRun hold = holdAnna();
        assertThat(hold.out()).isEqualTo("hold 1 is in force; `millrace audit hold release 1` ends it\n");

        CommandLineRun refused = erase("--yes");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("under the legal hold 1");
        assertThat(show("anna").err()).isEqualTo("3 record(s)\n");

        assertThat(release(1).out()).isEqualTo("hold 1 is released\n");
        assertThat(release(1).err()).contains("no hold 1 is in force");
        assertThat(erase("--yes").code()).isZero();
    }

    @Test
    void whoHasARecordInAHeldDayIsNotErased() {
        hold("--from", TODAY.toString(), "--to", TODAY.toString());
        assertThat(erase("--yes").err())
                .contains("the record 1:1 is about the person")
                .contains("legal hold 1");
        assertThat(release(1).code()).isZero();

        hold("--to", YESTERDAY.minusDays(1).toString());
        assertThat(erase("--yes").code())
                .as("the control: a hold of other days")
                .isZero();
    }

    private CommandLineRun holdAnna() {
        String archive = scene.archive.toString();
        return scene.run(
                scene.keys("audit", "hold", "set", "--archive", archive, "--subject", "anna", "--reason", "case 17"));
    }

    private void hold(String... days) {
        List<String> arguments = new ArrayList<>(
                List.of("audit", "hold", "set", "--archive", scene.archive.toString(), "--reason", "case 18"));
        arguments.addAll(List.of(days));
        arguments.addAll(List.of("--postgres", scene.postgres()));
        assertThat(scene.run(arguments.toArray(String[]::new)).err()).isEmpty();
    }

    private CommandLineRun release(int hold) {
        return scene.run("audit", "hold", "release", String.valueOf(hold), "--postgres", scene.postgres());
    }

    @Test
    void holdsAreListed() {
        holdAnna();
        hold("--from", "2026-03-02");
        release(1);

        CommandLineRun list = scene.run("audit", "hold", "list", "--postgres", scene.postgres());
        CommandLineRun all = scene.run("audit", "hold", "list", "--all", "--postgres", scene.postgres());

        assertThat(list.out())
                .containsPattern("2 +everybody +2026-03-02 +- +.*case 18")
                .doesNotContain("case 17");
        assertThat(all.out())
                .containsPattern("1 +[0-9a-f]{12} +- +- +.*postgres.*case 17")
                .contains("case 18");
    }

    @Test
    void aMasterKeyThatIsWrongOrMissingIsSaid() throws Exception {
        Files.writeString(scene.folder.resolve("wrong.key"), "0f".repeat(32));
        String[] common = {"audit", "show", "--subject", "anna", "--archive", scene.archive.toString(), "--postgres"};
        List<String> wrong = new ArrayList<>(List.of(common));
        wrong.addAll(List.of(scene.postgres(), "--master-key-file", scene.file("wrong.key")));
        List<String> none = new ArrayList<>(List.of(common));
        none.add(scene.postgres());

        assertThat(scene.run(wrong.toArray(String[]::new)).err()).contains("wrapped by the master key");
        assertThat(scene.run(none.toArray(String[]::new)).err()).contains("there is no master key");
    }
}
