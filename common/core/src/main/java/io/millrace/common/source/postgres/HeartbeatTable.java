package io.millrace.common.source.postgres;

import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A table with one row that the job itself writes: it is captured like any other, so that a database in which
 * nothing else happens still moves its slot, and the end of a snapshot is noticed. Its changes reach no target.
 */
public final class HeartbeatTable {

    /** Schema and name. */
    public static final String NAME = "millrace.heartbeat";

    static final String BEAT = "INSERT INTO millrace.heartbeat (id, beaten_at) VALUES (1, clock_timestamp())"
            + " ON CONFLICT (id) DO UPDATE SET beaten_at = excluded.beaten_at";

    static final String CREATE_TABLE =
            "CREATE TABLE IF NOT EXISTS millrace.heartbeat (id integer PRIMARY KEY, beaten_at timestamptz NOT NULL)";

    private static final String SCHEMA_EXISTS = "SELECT FROM pg_namespace WHERE nspname = 'millrace'";

    private static final String EXISTS = "SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE n.nspname = 'millrace' AND c.relname = 'heartbeat'";

    private HeartbeatTable() {}

    /**
     * Creates the table if it is not there. What is there needs no rights: IF NOT EXISTS alone asks for them first.
     *
     * @throws SQLException if the user may not
     */
    static void create(Sql sql) throws SQLException {
        if (sql.first(EXISTS).isPresent()) {
            return;
        }
        if (sql.first(SCHEMA_EXISTS).isEmpty()) {
            sql.execute("CREATE SCHEMA IF NOT EXISTS millrace");
        }
        sql.execute(CREATE_TABLE);
    }

    /** Writes the table until closed. A missed heartbeat does no harm, and a lost database is noticed by the stream. */
    static RecurringStatement beating(PostgresAddress address, Duration interval) {
        return RecurringStatement.start(address, "heartbeat", interval, HeartbeatTable::beat, () -> {});
    }

    private static void beat(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(BEAT);
        }
    }
}
