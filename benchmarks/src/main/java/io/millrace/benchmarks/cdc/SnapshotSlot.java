package io.millrace.benchmarks.cdc;

import java.sql.SQLException;

/**
 * The slot of a run that reads a whole table.
 *
 * @param makes whether the slot has to be there before the run; our job makes its own
 */
record SnapshotSlot(Arena arena, boolean makes) implements RunHooks {

    @Override
    public void before() throws SQLException, InterruptedException {
        arena.slots().drop(Arena.SLOT);
        if (makes) {
            arena.slots().create(Arena.SLOT);
        }
    }

    @Override
    public void after() throws SQLException, InterruptedException {
        arena.slots().drop(Arena.SLOT);
    }
}
