package io.millrace.cli.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.CommandLineRun;
import io.millrace.cli.ProjectFolder;
import io.millrace.cli.Workspace;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@WithServers(Server.POSTGRES)
class PostgresMigrationsIT {
    private final Addresses addresses;

    PostgresMigrationsIT(Addresses addresses) {
        this.addresses = addresses;
    }

    @Test
    void theCommandAppliesTheProjectsMigrationsOnce() throws Exception {
        String url = database("it_command");
        CommandLineRun first = migrate(url);
        assertThat(first.err()).isEmpty();
        assertThat(first.out()).contains("applied 0001_heartbeat.sql to Postgres at postgresql://");
        assertThat(first.out()).contains("applied 0002_audit_keys.sql");
        assertThat(migrate(url).out()).contains("has all").doesNotContain("applied");
        execute(url, "INSERT INTO millrace.heartbeat (id, beaten_at) VALUES (1, now())");
        assertThat(count(url, "millrace_audit.legal_hold")).isZero();
        assertThat(count(url, "millrace.migration")).isEqualTo(3);
    }

    @Test
    void aStatementThatFailsLeavesNothingOfItsFile() throws Exception {
        String url = database("it_failing");
        Migration failing = new Migration(1, "failing", "CREATE TABLE a (x int);\n\nCREATE TABEL b ();\n");
        assertThatThrownBy(() -> migrate(url, List.of(failing), new ArrayList<>()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("0001_failing.sql, line 3")
                .hasMessageContaining("syntax error")
                .hasMessageContaining("Nothing of this file was applied");
        assertThatThrownBy(() -> count(url, "a")).isInstanceOf(SQLException.class);

        Migration mended = new Migration(1, "failing", "CREATE TABLE a (x int);");
        List<Migration> applied = new ArrayList<>();
        migrate(url, List.of(mended), applied);
        assertThat(applied).containsExactly(mended);
    }

    @Test
    void functionsStringsAndQuestionMarksArriveUnchanged() throws Exception {
        String url = database("it_texts");
        Migration migration = new Migration(1, "texts", """
                CREATE TABLE t (x text);
                INSERT INTO t VALUES ('a;b''c?'), ('{d}');
                CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$;
                """);
        migrate(url, List.of(migration), new ArrayList<>());
        assertThat(count(url, "t WHERE x IN ('a;b''c?', '{d}')")).isEqualTo(2);
        assertThat(count(url, "f()")).isEqualTo(1);
    }

    @Test
    void twoAtOnceApplyEachMigrationOnce() throws Exception {
        String url = database("it_two");
        List<Migration> migrations = List.of(
                new Migration(1, "slow", "SELECT pg_sleep(0.5); CREATE TABLE a (x int);"),
                new Migration(2, "more", "CREATE TABLE b (x int);"));
        List<Migration> applied = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> migrateUnchecked(url, migrations, applied));
        migrate(url, migrations, applied);
        other.get();
        assertThat(applied).containsExactlyElementsOf(migrations);
    }

    private void migrateUnchecked(String url, List<Migration> migrations, List<Migration> applied) {
        try {
            migrate(url, migrations, applied);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void migrate(String url, List<Migration> migrations, List<Migration> applied) throws Exception {
        Properties credentials = new Properties();
        credentials.setProperty("user", addresses.postgresUser());
        try (MigrationTarget target = new PostgresTarget(url, credentials)) {
            Migrator.migrate(target, migrations, applied::add);
        }
    }

    private CommandLineRun migrate(String url) {
        Workspace workspace = new Workspace(
                ProjectFolder.root(),
                Map.of("PGUSER", addresses.postgresUser(), "PGPASSWORD", addresses.postgresPassword()));
        return CommandLineRun.of(workspace, "migrate", "--postgres", url.replace("jdbc:", ""));
    }

    private String database(String name) throws SQLException {
        execute(addresses.postgresUrl(), "CREATE DATABASE " + name);
        return "jdbc:postgresql://" + addresses.postgresHost() + ":" + addresses.postgresPort() + "/" + name;
    }

    private void execute(String url, String sql) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int count(String url, String from) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + from)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, addresses.postgresUser(), addresses.postgresPassword());
    }
}
