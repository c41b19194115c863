package io.millrace.cli.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.ClickHouse;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.CommandLineRun;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithServers(Server.CLICKHOUSE)
class ClickHouseMigrationsIT {
    private final Addresses addresses;

    ClickHouseMigrationsIT(Addresses addresses) {
        this.addresses = addresses;
    }

    @BeforeEach
    void forgetTheOtherTests() throws Exception {
        query("DROP DATABASE IF EXISTS millrace");
    }

    @Test
    void theCommandAppliesTheProjectsMigrationsOnce() {
        CommandLineRun first = CommandLineRun.ofProject("migrate", "--clickhouse", addresses.clickhouseUrl());
        assertThat(first.err()).isEmpty();
        assertThat(first.out()).contains("applied 0001_database.sql to ClickHouse at http://");
        CommandLineRun second = CommandLineRun.ofProject("migrate", "--clickhouse", addresses.clickhouseUrl());
        assertThat(second.out()).contains("has all").doesNotContain("applied");
    }

    @Test
    void makesTheSameInAnotherDatabase() throws Exception {
        query("DROP DATABASE IF EXISTS site");
        CommandLineRun.ofProject("migrate", "--clickhouse", addresses.clickhouseUrl());
        CommandLineRun other = migrateTo("site");
        assertThat(other.err()).isEmpty();
        assertThat(other.out()).contains("applied 0001_database.sql to the database site of ClickHouse at http://");
        assertThat(migrateTo("site").out()).contains("has all").doesNotContain("applied");

        assertThat(tables("site")).hasSizeGreaterThan(10).isEqualTo(tables("millrace"));
        query("DROP DATABASE millrace");
        assertThat(query("SELECT count() FROM site.experiment_readings").strip())
                .as("views read the tables beside them")
                .isEqualTo("0");
    }

    @Test
    void everyColumnOfATableSaysWhatItIs() throws Exception {
        CommandLineRun.ofProject("migrate", "--clickhouse", addresses.clickhouseUrl());

        assertThat(query(
                        "SELECT concat(table, '.', name) FROM system.columns WHERE database = 'millrace' AND comment = ''"
                                + " AND table IN (SELECT name FROM system.tables WHERE database = 'millrace'"
                                + " AND engine = 'ReplacingMergeTree' AND name != 'migration')"))
                .isEmpty();
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        CommandLineRun run = migrateTo("a b");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--database is `a b`");
    }

    private CommandLineRun migrateTo(String database) {
        return CommandLineRun.ofProject("migrate", "--clickhouse", addresses.clickhouseUrl(), "--database", database);
    }

    private List<String> tables(String database) throws Exception {
        return query("SELECT name, replaceAll(create_table_query, '" + database + ".', '') FROM system.tables"
                        + " WHERE database = '" + database + "' ORDER BY name")
                .lines()
                .toList();
    }

    @Test
    void appliesStatementsWithSemicolonsInStrings() throws Exception {
        Migration migration = new Migration(1, "texts", """
                CREATE TABLE IF NOT EXISTS millrace.t (x String) ENGINE = MergeTree ORDER BY x;
                INSERT INTO millrace.t VALUES ('a;b\\'c');
                """);
        assertThat(migrate(List.of(migration))).containsExactly(migration);
        assertThat(query("SELECT x FROM millrace.t FORMAT TSVRaw").strip()).isEqualTo("a;b'c");
        assertThat(migrate(List.of(migration))).isEmpty();
    }

    @Test
    void aFailureNamesItsLineAndIsNotRecorded() throws Exception {
        Migration failing = new Migration(1, "failing", "SELECT 1;\nCREATE TABEL b;");
        assertThatThrownBy(() -> migrate(List.of(failing)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("0001_failing.sql, line 2")
                .hasMessageContaining("Syntax error");
        assertThat(query("SELECT count() FROM millrace.migration").strip()).isEqualTo("0");
    }

    @Test
    void aChangedFileIsRefused() throws Exception {
        migrate(List.of(new Migration(1, "a", "SELECT 1")));
        assertThatThrownBy(() -> migrate(List.of(new Migration(1, "a", "SELECT 2"))))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("0001_a.sql was changed after it was applied to ClickHouse at");
    }

    @Test
    void aServerThatDoesNotAnswerIsNamed() {
        CommandLineRun run = CommandLineRun.ofProject("migrate", "--clickhouse", "http://127.0.0.1:1");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("ClickHouse at http://127.0.0.1:1 cannot be reached");
    }

    private List<Migration> migrate(List<Migration> migrations) throws Exception {
        List<Migration> applied = new ArrayList<>();
        try (MigrationTarget target =
                new ClickHouseTarget(ClickHouse.local(addresses.clickhouseUrl()), ClickHouseTarget.DATABASE)) {
            Migrator.migrate(target, migrations, applied::add);
        }
        return applied;
    }

    private String query(String sql) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(addresses.clickhouseUrl()))
                .header("X-ClickHouse-User", "default")
                .header("X-ClickHouse-Key", "")
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
