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
    /** The database that migrations are written for; in another one it is replaced where they name it. */
    static final String DATABASE = "millrace";

    private static final String LEDGER = """
            CREATE TABLE IF NOT EXISTS %s.migration (
                number UInt32, name String, checksum String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
            ENGINE = ReplacingMergeTree ORDER BY number""";

    private final ClickHouse server;
    private final String database;

    /** @param database letters, digits and `_` */
    ClickHouseTarget(ClickHouse server, String database) {
        this.server = server;
        this.database = database;
    }

    @Override
    public String name() {
        return database.equals(DATABASE) ? server.name() : "the database " + database + " of " + server.name();
    }

    @Override
    public List<AppliedMigration> open() throws IOException {
        server.query("CREATE DATABASE IF NOT EXISTS " + database);
        server.query(LEDGER.formatted(database));
        return server.query("SELECT number, name, checksum FROM " + database
                        + ".migration FINAL ORDER BY number FORMAT TabSeparated")
                .lines()
                .map(line -> line.split("\t", -1))
                .map(cells -> new AppliedMigration(Integer.parseInt(cells[0]), cells[1], cells[2]))
                .toList();
    }

    @Override
    public void apply(Migration migration) throws IOException {
        for (SqlStatement statement : Migrator.statements(migration, Dialect.CLICKHOUSE)) {
            try {
                server.query(SqlScript.rename(statement.text(), Dialect.CLICKHOUSE, DATABASE, database));
            } catch (CommandFailure e) {
                throw new CommandFailure(
                        migration.file() + ", line " + statement.line() + ": " + e.getMessage()
                                + ". The statements before it were applied; correct the file and migrate again.",
                        e);
            }
        }
        server.query("INSERT INTO %s.migration (number, name, checksum) VALUES (%d, '%s', '%s')"
                .formatted(database, migration.number(), migration.name(), migration.checksum()));
    }

    @Override
    public void close() {}
}
