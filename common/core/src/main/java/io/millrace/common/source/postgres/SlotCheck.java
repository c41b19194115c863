package io.millrace.common.source.postgres;

import io.millrace.common.config.Problems;
import io.millrace.common.postgres.Sql;
import java.sql.SQLException;
import java.util.Optional;

/** Whether the replication slot is there and ours, or can be made. */
final class SlotCheck {

    /** Whether a slot {@code s} was invalidated; Postgres says so by name since version 13. */
    static final String LOST = "(confirmed_flush_lsn IS NULL OR restart_lsn IS NULL"
            + " OR coalesce(to_jsonb(s) ->> 'wal_status' = 'lost', false))";

    private static final String LOOK_UP = """
            SELECT slot_type, plugin, database, active, database = current_database() AS here,
                   %s AS lost,
                   EXISTS (SELECT FROM pg_publication WHERE pubname = ?) AS published
            FROM pg_replication_slots s WHERE slot_name = ?
            """.formatted(LOST);

    static final String ANEW = "Start without the savepoint and with `generation` raised by one: the job then"
            + " takes a snapshot again, and removes from the targets what vanished meanwhile";

    private final Sql sql;
    private final String slot;
    private final String publication;
    private final Problems problems;

    SlotCheck(Sql sql, PostgresChangesConfig config, Problems problems) {
        this.sql = sql;
        this.slot = config.slot();
        this.publication = config.publication();
        this.problems = problems;
    }

    /**
     * Checks the slot.
     *
     * @param restored whether the job goes on from a savepoint, and so needs the slot that it had
     */
    void run(boolean restored) throws SQLException {
        Optional<Sql.Row> found = sql.first(LOOK_UP, publication, slot);
        if (found.isPresent()) {
            existing(found.get(), restored);
        } else if (restored) {
            add("does not exist, but the job is restored from a savepoint and needs what it held. " + ANEW);
        } else {
            room();
        }
    }

    /**
     * A job that starts anew makes its slot anew: a new one begins behind every transaction that wrote to a table before
     * it was published.
     */
    private void existing(Sql.Row row, boolean restored) {
        if (!row.text("slot_type").equals("logical") || !row.text("plugin").equals("pgoutput")) {
            add("exists, but is a slot for " + (row.text("plugin").isEmpty() ? "standbys" : row.text("plugin"))
                    + "; name another one, which is then created");
        } else if (!row.flag("here")) {
            add("exists, but for the database " + row.text("database") + "; name another one, which is then created");
        } else if (row.flag("active")) {
            add("is in use by another reader: a slot has one. Stop that reader, or name another slot");
        } else if (!restored) {
            add("exists, and the job starts without a savepoint. If it is to go on where it was, start it from its"
                    + " savepoint or last checkpoint; if it is to begin anew, with a snapshot, run SELECT"
                    + " pg_drop_replication_slot('" + slot.replace("'", "''") + "') first");
        } else if (row.flag("lost")) {
            add("was invalidated by Postgres (max_slot_wal_keep_size). " + drop());
        } else if (!row.flag("published")) {
            add("exists, but its publication " + publication
                    + " does not: what changed meanwhile cannot be read through" + " one that is made only now. "
                    + drop());
        }
    }

    private void room() throws SQLException {
        long most = Long.parseLong(sql.value("SELECT current_setting('max_replication_slots')"));
        long used = Long.parseLong(sql.value("SELECT count(*) FROM pg_replication_slots"));
        if (used >= most) {
            add("cannot be created: all " + most + " slots are in use (max_replication_slots). Drop an unused one,"
                    + " or raise the setting and restart Postgres");
        }
    }

    private String drop() {
        return "Run SELECT pg_drop_replication_slot('" + slot.replace("'", "''") + "'). " + ANEW;
    }

    private void add(String message) {
        problems.add("source.slot", slot + " " + message);
    }
}
