package io.millrace.benchmarks.latency;

import io.millrace.benchmarks.workload.BenchTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;

/** Writes the rows of a schedule, each tick's in one transaction; late ones at once. */
public record Pacer(BenchTable table, Commits commits) {

    /** Writes all rows, and notes when each tick was committed. */
    public void play() throws SQLException {
        Schedule schedule = commits.schedule();
        try (Connection connection = table.database().connect();
                PreparedStatement insert = connection.prepareStatement(table.insertSql("?", "?"))) {
            for (int tick = 0; tick < schedule.ticks(); tick++) {
                await(schedule.due(tick));
                insert.setLong(1, schedule.firstOf(tick));
                insert.setLong(2, schedule.firstOf(tick + 1) - 1);
                insert.executeUpdate();
                commits.committed(tick, System.nanoTime());
            }
        }
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
