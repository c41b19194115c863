package io.millrace.shop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One session updates and deletes a key while another waits to insert it. The insert was logged before the delete
 * and outlives it: the row that survives has the lower LSN.
 */
final class KeyRace {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Connection first;
    private final Connection second;
    private final ShopRandom random;
    private final int keySpace;

    /** Makes a race of two connections, both with auto-commit off. */
    KeyRace(Connection first, Connection second, ShopRandom random, int keySpace) {
        this.first = first;
        this.second = second;
        this.random = random;
        this.keySpace = keySpace;
    }

    /** Returns whether the second session was seen waiting for the first, which is what makes it a race. */
    boolean run(ShopTable table, int number) throws SQLException {
        ChangeWriter writer = new ChangeWriter(first, random, keySpace);
        writer.write(new Change(Change.Kind.UPSERT, table, number));
        first.commit();
        writer.update(table, number);
        List<@Nullable String> row = table.row(number, random);
        int pid = processOf(second);
        CompletableFuture<Void> insert = CompletableFuture.runAsync(() -> insert(table, row));
        boolean waited = awaitBlocked(pid, insert);
        writer.write(new Change(Change.Kind.DELETE, table, number));
        first.commit();
        await(insert);
        second.commit();
        return waited;
    }

    private static int processOf(Connection session) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement("SELECT pg_backend_pid()");
                ResultSet pid = statement.executeQuery()) {
            pid.next();
            return pid.getInt(1);
        }
    }

    private void insert(ShopTable table, List<@Nullable String> row) {
        try (PreparedStatement statement = second.prepareStatement(table.insertSql())) {
            for (int i = 0; i < row.size(); i++) {
                statement.setString(i + 1, row.get(i));
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private boolean awaitBlocked(int pid, CompletableFuture<Void> insert) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (PreparedStatement statement =
                first.prepareStatement("SELECT pg_backend_pid() = ANY (pg_blocking_pids(?))")) {
            statement.setInt(1, pid);
            while (!insert.isDone() && System.nanoTime() < deadline) {
                try (ResultSet blocked = statement.executeQuery()) {
                    if (blocked.next() && blocked.getBoolean(1)) {
                        return true;
                    }
                }
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
        }
        return false;
    }

    private static void await(CompletableFuture<Void> insert) throws SQLException {
        try {
            insert.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
