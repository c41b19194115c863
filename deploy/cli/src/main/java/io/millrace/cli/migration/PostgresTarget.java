package io.millrace.cli.migration;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.PostgresUrls;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Postgres: each migration is one transaction together with its line in the ledger. */
final class PostgresTarget implements MigrationTarget {
    /** The advisory lock of everybody who migrates: "millrace" in ASCII. */
    private static final long LOCK = 0x6d696c6c72616365L;

    private static final String LEDGER = """
            CREATE TABLE IF NOT EXISTS millrace.migration (
                number integer PRIMARY KEY,
                name text NOT NULL,
                checksum text NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now())""";

    private final Connection connection;
    private final String name;

    /**
     * @param url a JDBC URL
     * @param credentials {@code user} and {@code password}, as far as they are needed
     */
    PostgresTarget(String url, Properties credentials) {
        this.name = "Postgres at " + PostgresUrls.shown(url);
        try {
            this.connection = DriverManager.getConnection(url, credentials);
        } catch (SQLException e) {
            throw new CommandFailure(name + " refuses the connection: " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<AppliedMigration> open() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '60s'");
            lock(statement);
            statement.execute("SET lock_timeout = 0");
            statement.execute("CREATE SCHEMA IF NOT EXISTS millrace");
            statement.execute(LEDGER);
            return ledger(statement);
        }
    }

    private void lock(Statement statement) throws SQLException {
        try {
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
        } catch (SQLException e) {
            throw new CommandFailure(
                    "another migration of " + name + " has been running for a minute; wait for it to end", e);
        }
    }

    private static List<AppliedMigration> ledger(Statement statement) throws SQLException {
        List<AppliedMigration> ledger = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT number, name, checksum FROM millrace.migration")) {
            while (rows.next()) {
                ledger.add(new AppliedMigration(rows.getInt(1), rows.getString(2), rows.getString(3)));
            }
        }
        return ledger;
    }

    @Override
    public void apply(Migration migration) throws SQLException {
        List<SqlStatement> statements = Migrator.statements(migration, Dialect.POSTGRES);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (SqlStatement each : statements) {
                execute(statement, each, migration);
            }
            record(migration);
            connection.commit();
        } catch (SQLException | CommandFailure e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void execute(Statement statement, SqlStatement each, Migration migration) {
        try {
            statement.execute(each.text());
        } catch (SQLException e) {
            throw new CommandFailure(
                    "%s, line %d: %s answered: %s. Nothing of this file was applied."
                            .formatted(migration.file(), each.line(), name, e.getMessage()),
                    e);
        }
    }

    private void record(Migration migration) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO millrace.migration (number, name, checksum) VALUES (?, ?, ?)")) {
            insert.setInt(1, migration.number());
            insert.setString(2, migration.name());
            insert.setString(3, migration.checksum());
            insert.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
