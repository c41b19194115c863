package io.millrace.cli.audit;

import static io.millrace.cli.audit.AuditScene.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.CommandLineRun;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days of the archive of a real topic expire, unless somebody holds them. */
@WithServers({Server.KAFKA, Server.POSTGRES})
class AuditExpireIT {

    private static final LocalDate FIRST = TODAY.minusDays(6);

    private final Addresses addresses;

    @TempDir
    private Path folder;

    private AuditScene scene;

    AuditExpireIT(Addresses addresses) {
        this.addresses = addresses;
    }

    /** Six days before today, sealed; anna is there on the second alone. */
    @BeforeEach
    void archive() throws Exception {
        scene = new AuditScene(addresses, folder, "it-expire-" + UUID.randomUUID());
        scene.resetKeys();
        for (int day = 0; day < 6; day++) {
            for (int partition = 0; partition < AuditScene.PARTITIONS; partition++) {
                scene.write(partition, FIRST.plusDays(day), "bert", "document-" + day);
            }
        }
        scene.archive(TODAY.minusDays(1));
    }

    private CommandLineRun expire(String days, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "audit", "expire", "--archive", scene.archive.toString(), "--public-key", scene.file("keys.pem")));
        arguments.addAll(List.of("--older-than", days, "--postgres", scene.postgres()));
        arguments.addAll(List.of("--witness", scene.witness.toString()));
        arguments.addAll(List.of(more));
        return scene.run(arguments.toArray(String[]::new));
    }

    private CommandLineRun remove(String days) {
        return expire(days, "--private-key", scene.file("signing.pem"), "--yes");
    }

    private List<String> days() throws IOException {
        try (Stream<Path> files = Files.walk(scene.archive.resolve("audit"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getParent().getFileName().toString().substring(3))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    @Test
    void withoutYesItOnlySaysWhatItWouldRemove() throws Exception {
        CommandLineRun run = expire("3d");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsPattern("PARTITION +DAY +RECORDS +SIZE +WOULD BE")
                .containsPattern("0 +" + FIRST + " +1 +[0-9.]+ KiB +removed")
                .containsPattern("1 +" + FIRST.plusDays(2) + " +1 +[0-9.]+ KiB +removed")
                .contains("--yes removes them")
                .doesNotContain(FIRST.plusDays(3).toString());
        assertThat(days()).hasSize(6);
        assertThat(Files.exists(scene.archive.resolve("expired"))).isFalse();
    }

    @Test
    void removesOldDaysAndTheRestStillVerifies() throws Exception {
        CommandLineRun run = remove("3d");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(days())
                .containsExactly(
                        FIRST.plusDays(3).toString(),
                        FIRST.plusDays(4).toString(),
                        FIRST.plusDays(5).toString());
        CommandLineRun verified = scene.verify("--witness", scene.witness.toString(), "--kept", "3d");
        assertThat(verified.code()).as(verified.out()).isZero();
        assertThat(verified.out())
                .contains("proven: 6 record(s) by signed digests")
                .contains("not proven: 6 record(s) were removed, as signed statements say");
        CommandLineRun topic = scene.verify(scene.keys(scene.kafka()));
        assertThat(topic.code()).as(topic.out()).isZero();
        assertThat(topic.out()).contains("proven: 6 record(s) are in the topic as they are here");
        assertThat(remove("3d").out()).isEqualTo("no sealed day is older than 3 days\n");
        CommandLineRun longer = scene.verify("--kept", "365d");
        assertThat(longer.code()).isEqualTo(1);
        assertThat(longer.out()).contains("WRONG EXPIRY").contains("365 were asked for");
    }

    @Test
    void aDayThatIsGoneWithoutAStatementIsMissing() throws Exception {
        assertThat(remove("3d").code()).isZero();
        try (Stream<Path> statements =
                Files.walk(scene.archive.resolve("expired").resolve("dt=" + FIRST))) {
            for (Path statement : statements.filter(Files::isRegularFile).toList()) {
                Files.delete(statement);
            }
        }

        CommandLineRun verified = scene.verify();

        assertThat(verified.code()).isEqualTo(1);
        assertThat(verified.out()).contains("the file is missing, and with it the records 0 to 0");
    }

    @Test
    void aHeldDayStaysUntilTheHoldIsReleased() throws Exception {
        hold("--from", FIRST.plusDays(1).toString(), "--to", FIRST.plusDays(1).toString());

        assertThat(expire("3d").out()).containsPattern(FIRST.plusDays(1) + " .*kept by hold 1");
        assertThat(remove("3d").out()).containsPattern(FIRST.plusDays(1) + " .*kept by hold 1");
        assertThat(days()).contains(FIRST.plusDays(1).toString()).doesNotContain(FIRST.toString());
        assertThat(scene.verify().code()).isZero();

        scene.run("audit", "hold", "release", "1", "--postgres", scene.postgres());
        assertThat(remove("3d").code()).isZero();
        assertThat(days()).doesNotContain(FIRST.plusDays(1).toString());
        assertThat(scene.verify().code()).isZero();
    }

    @Test
    void aHeldPersonKeepsTheDaysThatHaveARecordOfThePerson() throws Exception {
        scene.write(0, TODAY, "anna", "contract");
        scene.archive(TODAY.minusDays(1));
        hold("--subject", "anna", "--master-key-file", scene.file("master.key"));

        assertThat(remove("3d").out())
                .as("the control: none of these days has one")
                .doesNotContain("kept by");
        hold("--subject", "bert", "--master-key-file", scene.file("master.key"));

        assertThat(remove("1d").out()).contains("kept by hold 2").doesNotContain("removed");
        assertThat(days()).hasSize(4);
    }

    private void hold(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("audit", "hold", "set", "--archive", scene.archive.toString(), "--reason", "case 17"));
        arguments.addAll(List.of("--postgres", scene.postgres()));
        arguments.addAll(List.of(more));
        assertThat(scene.run(arguments.toArray(String[]::new)).code()).isZero();
    }

    @Test
    void aDayThatIsTooYoungOrNotSealedStays() throws Exception {
        assertThat(remove("365d").out()).isEqualTo("no sealed day is older than 365 days\n");
        assertThat(remove("1d").code()).isZero();

        assertThat(days()).containsExactly(TODAY.minusDays(1).toString());
    }

    @Test
    void anotherKeyThanTheLastSignsNothing() throws Exception {
        assertThat(scene.run(
                                "audit",
                                "keys",
                                "signing",
                                "--private-key",
                                scene.file("next.pem"),
                                "--public-key",
                                scene.file("keys.pem"))
                        .code())
                .isZero();

        CommandLineRun old = remove("3d");
        assertThat(old.code()).isEqualTo(1);
        assertThat(old.err()).contains("does not belong to the last of the public keys");
        assertThat(days()).hasSize(6);

        assertThat(expire("3d", "--private-key", scene.file("next.pem"), "--yes")
                        .code())
                .isZero();
        assertThat(scene.verify().code())
                .as("days that the old key signed, removed by the new one")
                .isZero();
    }

    @Test
    void whatDoesNotVerifyIsNotRemoved() throws Exception {
        Path digest = scene.archive.resolve("digests/dt=" + FIRST + "/0.json");
        Files.delete(digest);

        CommandLineRun run = remove("3d");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("the archive does not verify");
        assertThat(days()).hasSize(6);
    }
}
