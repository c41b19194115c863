package io.millrace.benchmarks.workload;

import java.sql.SQLException;
import java.time.Duration;

/** Replication slots of the database. */
public record Slots(Database database) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(100);

    /** Makes a slot that stands where another one does. */
    public void copy(String from, String to) throws SQLException {
        database.number("SELECT 1 FROM pg_copy_logical_replication_slot('" + from + "', '" + to + "')");
    }

    /** Makes a slot at the log's end. */
    public void create(String name) throws SQLException {
        database.number("SELECT 1 FROM pg_create_logical_replication_slot('" + name + "', 'pgoutput')");
    }

    /** Drops a slot, if it is there, as soon as its reader has gone. */
    public void drop(String name) throws SQLException, InterruptedException {
        String where = " FROM pg_replication_slots WHERE slot_name = '" + name + "'";
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        database.number("SELECT pg_terminate_backend(active_pid)::int" + where + " AND active");
        while (database.number("SELECT count(*)" + where + " AND active") > 0) {
            if (System.nanoTime() > deadline) {
                throw new SQLException("the slot " + name + " is read by somebody still");
            }
            Thread.sleep(LOOK.toMillis());
        }
        database.number("SELECT count(pg_drop_replication_slot(slot_name))" + where);
    }
}
