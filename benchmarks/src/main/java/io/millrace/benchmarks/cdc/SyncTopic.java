package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.harness.Run;
import io.millrace.benchmarks.workload.Checksum;
import io.millrace.cli.CommandFailure;
import java.nio.file.Path;
import java.util.List;

/**
 * A topic that our own capture has written from a table's snapshot.
 *
 * @param expected what every target must hold
 * @param digest the beginning of the SHA-256 of the topic's bytes
 */
record SyncTopic(Checksum expected, String digest) {

    /** Fills the table, and lets our capture carry it. */
    static SyncTopic fill(Arena arena) throws Exception {
        long rows = arena.plan().rows();
        arena.table().create();
        arena.table().insert(1, rows);
        Checksum expected = arena.table().checksum();
        Path config = new JobFiles(arena).capture(Arena.SLOT, Arena.THREADS, List.of(Arena.TABLE));
        try (TopicTarget topic = new TopicTarget(List.of(arena.topic()))) {
            Run run = new JobContender(arena, topic, arena.drain(rows), expected, new SnapshotSlot(arena), config, null)
                    .run();
            if (!run.isValid()) {
                throw new CommandFailure("the topic could not be filled: " + run.wrong());
            }
        }
        return new SyncTopic(expected, arena.topic().digest());
    }
}
