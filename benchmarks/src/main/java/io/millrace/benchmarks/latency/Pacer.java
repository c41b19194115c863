package io.millrace.benchmarks.latency;

import io.millrace.benchmarks.workload.BenchTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;

/** Writes the rows of a schedule, each tick's in one transaction; late ones at once. */
public record Pacer(BenchTable table, Schedule schedule) {

    /** Writes all rows and returns how late the last tick was committed, in nanoseconds. */
    public long play() throws SQLException {
        try (Connection connection = table.database().connect();
                PreparedStatement insert = connection.prepareStatement(table.insertSql("?", "?"))) {
            for (int tick = 0; tick < schedule.ticks(); tick++) {
                await(schedule.due(tick));
                insert.setLong(1, schedule.firstOf(tick));
                insert.setLong(2, schedule.firstOf(tick + 1) - 1);
                insert.executeUpdate();
            }
            return System.nanoTime() - schedule.due(schedule.ticks() - 1);
        }
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
