package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.stage.RunHooks;
import java.sql.SQLException;

/** The slot of a run that reads a whole table: who reads it makes it, and nobody goes on from it. */
record SnapshotSlot(Arena arena) implements RunHooks {

    @Override
    public void before() throws SQLException, InterruptedException {
        arena.slots().drop(Arena.SLOT);
    }

    @Override
    public void after() throws SQLException, InterruptedException {
        arena.slots().drop(Arena.SLOT);
    }
}
