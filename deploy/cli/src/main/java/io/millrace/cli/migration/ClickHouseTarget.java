package io.millrace.cli.migration;

import io.millrace.cli.ClickHouse;
import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.util.List;

/**
 * ClickHouse over HTTP. It has neither transactions nor locks for this: a migration that fails half way is run
 * again from its first statement, so its statements must be repeatable.
 */
final class ClickHouseTarget implements MigrationTarget {
    private static final String LEDGER = """
            CREATE TABLE IF NOT EXISTS millrace.migration (
                number UInt32, name String, checksum String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
            ENGINE = ReplacingMergeTree ORDER BY number""";

    private final ClickHouse server;

    ClickHouseTarget(ClickHouse server) {
        this.server = server;
    }

    @Override
    public String name() {
        return server.name();
    }

    @Override
    public List<AppliedMigration> open() throws IOException {
        server.query("CREATE DATABASE IF NOT EXISTS millrace");
        server.query(LEDGER);
        return server.query(
                        "SELECT number, name, checksum FROM millrace.migration FINAL ORDER BY number FORMAT TabSeparated")
                .lines()
                .map(line -> line.split("\t", -1))
                .map(cells -> new AppliedMigration(Integer.parseInt(cells[0]), cells[1], cells[2]))
                .toList();
    }

    @Override
    public void apply(Migration migration) throws IOException {
        for (SqlStatement statement : Migrator.statements(migration, Dialect.CLICKHOUSE)) {
            try {
                server.query(statement.text());
            } catch (CommandFailure e) {
                throw new CommandFailure(
                        migration.file() + ", line " + statement.line() + ": " + e.getMessage()
                                + ". The statements before it were applied; correct the file and migrate again.",
                        e);
            }
        }
        server.query("INSERT INTO millrace.migration (number, name, checksum) VALUES (%d, '%s', '%s')"
                .formatted(migration.number(), migration.name(), migration.checksum()));
    }

    @Override
    public void close() {}
}
