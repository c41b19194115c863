package io.millrace.cli.slot;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.PostgresUrls;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;

/** The logical replication slots of a database server. */
public final class Slots implements AutoCloseable {
    private static final String ALL = """
            SELECT slot_name, coalesce(database, '') AS database, plugin, coalesce(active_pid, 0) AS reader,
                   coalesce(confirmed_flush_lsn::text, '') AS confirmed,
                   coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint, -1) AS kept,
                   coalesce(to_jsonb(s) ->> 'wal_status', '') AS wal
            FROM pg_replication_slots s WHERE slot_type = 'logical' ORDER BY slot_name
            """;

    /** How often a slot is tried again whose reader was just ended. */
    private static final int TRIES = 50;

    private static final long PAUSE_MILLIS = 100;

    /** SQLSTATE: object in use. */
    private static final String IN_USE = "55006";

    private final Connection connection;

    private Slots(Connection connection) {
        this.connection = connection;
    }

    /** Connects to a server. */
    public static Slots of(String jdbcUrl, Properties user) {
        try {
            return new Slots(DriverManager.getConnection(jdbcUrl, user));
        } catch (SQLException e) {
            throw new CommandFailure(
                    "Postgres at " + PostgresUrls.shown(jdbcUrl) + " refuses the connection: " + e.getMessage(), e);
        }
    }

    List<Slot> all() throws SQLException {
        List<Slot> slots = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(ALL);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                slots.add(new Slot(
                        rows.getString("slot_name"),
                        rows.getString("database"),
                        rows.getString("plugin"),
                        rows.getInt("reader"),
                        rows.getString("confirmed"),
                        rows.getLong("kept"),
                        rows.getString("wal")));
            }
        }
        return slots;
    }

    /** Returns a slot by its name; one that is not there fails with the names that are. */
    public Slot find(String name) throws SQLException {
        List<Slot> all = all();
        return all.stream()
                .filter(slot -> slot.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandFailure("there is no logical slot " + name + "; there "
                        + (all.isEmpty()
                                ? "is none"
                                : "are " + all.stream().map(Slot::name).collect(Collectors.joining(", ")))));
    }

    /**
     * Drops a slot.
     *
     * @param force ends whoever reads it, and keeps him from coming back until it is gone
     * @return whether it was dropped: without force not while somebody reads it
     */
    public boolean drop(Slot slot, boolean force) throws SQLException, InterruptedException {
        for (int i = 1; ; i++) {
            if (force) {
                end(slot);
            }
            try {
                run("SELECT pg_drop_replication_slot(?)", slot.name());
                return true;
            } catch (SQLException e) {
                if (!Objects.equals(e.getSQLState(), IN_USE) || i == TRIES) {
                    throw e;
                }
                if (!force) {
                    return false;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private void end(Slot slot) throws SQLException {
        run(
                "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots"
                        + " WHERE slot_name = ? AND active_pid IS NOT NULL",
                slot.name());
    }

    /** Moves a slot on, so that what lies before the position is never read; returns where it stands then. */
    String advance(Slot slot, String position) throws SQLException {
        return run("SELECT end_lsn FROM pg_replication_slot_advance(?, ?::pg_lsn)", slot.name(), position);
    }

    /** Returns the position at which the next change will be written. */
    String end() throws SQLException {
        return run("SELECT pg_current_wal_lsn()");
    }

    private String run(String query, String... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Objects.requireNonNullElse(rows.getString(1), "") : "";
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
