package io.millrace.common.source.postgres;

import io.millrace.common.postgres.Sql;
import java.sql.SQLException;
import org.postgresql.replication.LogSequenceNumber;

/** Where the write-ahead log ends: whatever is written later lies above. */
public final class LogEnd {

    /** How far a topic may be ahead of the log: it is as many bytes as one transaction had changes. */
    private static final long MOST_AHEAD = 64L << 20;

    private LogEnd() {}

    /** Returns the last position that is written, in bytes. */
    public static long of(Sql sql) throws SQLException {
        return LogSequenceNumber.valueOf(sql.value("SELECT pg_current_wal_insert_lsn()"))
                        .asLong()
                - 1;
    }

    /** Returns whether the log can be moved on to a position. */
    static boolean isNear(Sql sql, long floor) throws SQLException {
        return floor - of(sql) <= MOST_AHEAD;
    }

    /**
     * Returns it as {@link #of} does, after moving the log on if it ends below a position.
     *
     * @throws IllegalStateException if that is too far, as after a restore; the message continues the name of what is
     *     there
     */
    static long above(Sql sql, long floor) throws SQLException {
        long end = of(sql);
        if (end >= floor) {
            return end;
        }
        if (floor - end > MOST_AHEAD) {
            throw new IllegalStateException("holds versions up to the position " + floor + ", far above " + end
                    + " where the database's log ends, as after a restore. Drop the slot, and start the job without a"
                    + " savepoint and with `generation` raised by one");
        }
        sql.value("SELECT pg_logical_emit_message(false, 'millrace', repeat('-', ?::int))", Long.toString(floor - end));
        return of(sql);
    }
}
