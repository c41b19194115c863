package io.millrace.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Position;
import io.millrace.archive.crypt.LocalMasterKey;
import io.millrace.archive.crypt.PostgresKeyStore;
import io.millrace.archive.crypt.Subject;
import io.millrace.cli.CommandLineRun;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is certified of a person or by a key store that is not the archive's. */
@WithServers({Server.KAFKA, Server.POSTGRES})
class AuditEraseRefusalIT {

    private static final Subject ANNA = Subject.person("anna");

    private final Addresses addresses;
    private final String other = "other_" + UUID.randomUUID().toString().replace('-', '_');

    @TempDir
    private Path folder;

    private AuditScene scene;

    AuditEraseRefusalIT(Addresses addresses) {
        this.addresses = addresses;
    }

    @BeforeEach
    void archive() throws Exception {
        scene = new AuditScene(addresses, folder, "it-refuse-" + UUID.randomUUID());
        scene.resetKeys();
        scene.write(0, AuditScene.TODAY.minusDays(1), "anna", "contract");
        scene.archive(AuditScene.TODAY.minusDays(1));
        try (Connection connection = connect(scene.postgres());
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + other);
        }
    }

    private Connection connect(String url) throws SQLException {
        return DriverManager.getConnection("jdbc:" + url, addresses.postgresUser(), "");
    }

    private String otherDatabase() {
        return scene.postgres().replaceAll("/[^/]*$", "/" + other);
    }

    private CommandLineRun erase(String subject, String postgres, String... more) {
        String[] arguments = {
            "audit",
            "erase",
            "--subject",
            subject,
            "--archive",
            scene.archive.toString(),
            "--wait",
            "1s",
            "--bootstrap-servers",
            scene.bootstrap(),
            "--postgres",
            postgres,
            "--master-key-file",
            scene.file("master.key"),
            "--out",
            scene.file("certificate-" + UUID.randomUUID() + ".txt")
        };
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(more));
        return scene.run(all.toArray(String[]::new));
    }

    private void expectNothingDone(CommandLineRun run) throws IOException {
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(scene.topics.read(scene.topic)).as("no event").hasSize(1);
        try (PostgresKeyStore store = scene.store()) {
            assertThat(store.find(ANNA)).isPresent();
            assertThat(store.isErasing(Subject.person("ana"))).isFalse();
        }
        try (var files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("certificate-"));
        }
    }

    @Test
    void aMistypedPersonIsNoPerson() throws Exception {
        CommandLineRun plan = erase("ana", scene.postgres());
        CommandLineRun run = erase("ana", scene.postgres(), "--yes");

        expectNothingDone(plan);
        expectNothingDone(run);
        assertThat(plan.err()).contains("no such person in this key store", "--subject ana", "--postgres");
        assertThat(run.err()).isEqualTo(plan.err());
    }

    @Test
    void aDatabaseWithoutKeysIsNoStoreAndStaysAsItWas() throws Exception {
        CommandLineRun run = erase("anna", otherDatabase(), "--yes");

        expectNothingDone(run);
        assertThat(run.err()).contains("holds no key store");
        try (Connection connection = connect(otherDatabase());
                var rows = connection.getMetaData().getSchemas(null, "millrace_audit")) {
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void theStoreOfAnotherArchiveIsRefusedAlsoWhereItKnowsThePerson() throws Exception {
        try (PostgresKeyStore store = PostgresKeyStore.open(
                () -> connect(otherDatabase()),
                List.of(LocalMasterKey.of(Files.readString(folder.resolve("master.key")))))) {
            ChainId chain = new ChainId("other", "audit-logs", 0);
            assertThat(store.keyFor(ANNA, new Position(chain, 0))).isPresent();

            CommandLineRun run = erase("anna", otherDatabase(), "--yes");

            expectNothingDone(run);
            assertThat(run.err()).contains("no key that the archive names", "another archive's");
            assertThat(store.find(ANNA)).as("its key is its own").isPresent();
        }
    }

    @Test
    void whoWasErasedBeforeCanBeErasedAgain() {
        assertThat(erase("anna", scene.postgres(), "--yes").code()).isZero();

        CommandLineRun plan = erase("anna", scene.postgres());
        assertThat(plan.out())
                .contains("the person was erased before")
                .doesNotContain("nothing about the person can be read");
        assertThat(erase("anna", scene.postgres(), "--yes").out()).contains("was destroyed before");
    }

    @Test
    void theCertificateSaysForHowLongWritersWereWaitedFor() {
        assertThat(erase("anna", scene.postgres(), "--yes").out())
                .contains("this erasure waited 1s alone (--wait)")
                .doesNotContain(", and no writer uses it any longer.");
    }
}
