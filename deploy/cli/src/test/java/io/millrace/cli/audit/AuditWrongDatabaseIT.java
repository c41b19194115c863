package io.millrace.cli.audit;

import static io.millrace.cli.audit.AuditScene.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Position;
import io.millrace.archive.crypt.LegalHolds;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database without a key store, or with another archive's, is refused by whoever reads, holds or removes by it. */
@WithServers({Server.KAFKA, Server.POSTGRES})
class AuditWrongDatabaseIT {

    private final Addresses addresses;
    private final String other = "other_" + UUID.randomUUID().toString().replace('-', '_');

    @TempDir
    private Path folder;

    private AuditScene scene;

    AuditWrongDatabaseIT(Addresses addresses) {
        this.addresses = addresses;
    }

    @BeforeEach
    void archive() throws Exception {
        scene = new AuditScene(addresses, folder, "it-database-" + UUID.randomUUID());
        scene.resetKeys();
        for (int day = 4; day > 0; day--) {
            for (int partition = 0; partition < AuditScene.PARTITIONS; partition++) {
                scene.write(partition, TODAY.minusDays(day), "anna", "contract-" + day);
            }
        }
        scene.archive(TODAY.minusDays(1));
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

    /** Each command that opens the store, by its words. */
    private Map<String, List<String>> commands() {
        List<String> archive = List.of("--archive", scene.archive.toString());
        List<String> master = List.of("--master-key-file", scene.file("master.key"));
        List<String> verified = List.of("--public-key", scene.file("keys.pem"));
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("show --subject anna", all(archive, master));
        commands.put("hold set --from 2026-03-01 --reason 17", archive);
        commands.put("hold set --subject anna --reason 17", all(archive, master));
        commands.put("hold list", List.of());
        commands.put("hold release 1", List.of());
        commands.put("expire --older-than 1d", all(archive, verified));
        commands.put(
                "expire --older-than 1d --yes",
                all(archive, verified, List.of("--private-key", scene.file("signing.pem"))));
        commands.put("verify", all(archive, verified, master, List.of(scene.kafka())));
        return commands;
    }

    @SafeVarargs
    private static List<String> all(List<String>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }

    private CommandLineRun run(String words, List<String> options, String postgres) {
        return scene.run(all(List.of("audit"), List.of(words.split(" ", -1)), options, List.of("--postgres", postgres))
                .toArray(String[]::new));
    }

    @Test
    void isRefusedByNameAndGetsNoTables() throws Exception {
        for (Map.Entry<String, List<String>> command : commands().entrySet()) {
            CommandLineRun run = run(command.getKey(), command.getValue(), otherDatabase());

            assertThat(run.code()).as(command.getKey()).isNotZero();
            assertThat(run.out()).as(command.getKey()).isEmpty();
            assertThat(run.err())
                    .as(command.getKey())
                    .contains("the database `" + other + "` holds no key store")
                    .contains("has no table millrace_audit.legal_hold")
                    .contains("`key-store` of the archive's job");
        }
        try (Connection connection = connect(otherDatabase());
                var schemas = connection.getMetaData().getSchemas(null, "millrace_audit")) {
            assertThat(schemas.next()).as("tables were made").isFalse();
        }
        expectNoDayRemoved();
    }

    /** What a command says that it did not do. */
    private static Map<String, String> notDone() {
        return Map.of(
                "show --subject anna", "nothing was shown",
                "hold set --from 2026-03-01 --reason 17", "no hold was set",
                "hold set --subject anna --reason 17", "no hold was set",
                "expire --older-than 1d", "nothing was removed",
                "expire --older-than 1d --yes", "nothing was removed");
    }

    private void expectNoDayRemoved() throws IOException {
        try (Stream<Path> files = Files.walk(scene.archive.resolve("audit"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .as("days that a hold may keep are removed by nobody who does not see the holds")
                    .hasSize(8);
        }
    }

    /** It has all tables, a key of a person of the same name, and none that the archive names. */
    @Test
    void theStoreOfAnotherArchiveIsRefusedByWhoShowsHoldsAndRemoves() throws Exception {
        try (PostgresKeyStore store = PostgresKeyStore.open(
                () -> connect(otherDatabase()),
                List.of(LocalMasterKey.of(Files.readString(folder.resolve("master.key")))))) {
            ChainId chain = new ChainId("other", "audit-logs", 0);
            assertThat(store.keyFor(Subject.person("anna"), new Position(chain, 0)))
                    .isPresent();
        }
        Map<String, List<String>> refused = commands();
        refused.keySet().retainAll(notDone().keySet());
        assertThat(refused).hasSameSizeAs(notDone());

        refused.forEach((words, options) -> {
            CommandLineRun run = run(words, options, otherDatabase());
            assertThat(run.code()).as(words).isEqualTo(1);
            assertThat(run.out()).as(words).isEmpty();
            assertThat(run.err())
                    .as(words)
                    .contains("no key that the archive names", "another archive's", "`key-store` of the job")
                    .contains(notDone().get(words));
        });
        expectNoDayRemoved();
        try (LegalHolds holds = LegalHolds.openExisting(() -> connect(otherDatabase()))) {
            assertThat(holds.all()).isEmpty();
        }
    }

    /** The control: by the right database the same commands do what they say. */
    @Test
    void theRightDatabaseIsTaken() {
        commands().forEach((words, options) -> {
            CommandLineRun run = run(words, options, scene.postgres());
            assertThat(run.code()).as(words + ": " + run.err()).isZero();
        });
    }
}
