package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.harness.Contender;
import io.millrace.benchmarks.harness.Contest;
import io.millrace.benchmarks.harness.Role;
import io.millrace.benchmarks.process.Drain;
import io.millrace.benchmarks.stage.RunHooks;
import io.millrace.benchmarks.workload.Checksum;
import io.millrace.local.Server;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A table that nobody writes to, to Kafka. */
final class SnapshotCase implements ContestCase {

    private static final double PEER = 2;
    private static final double LIMIT = 0.3;

    @Override
    public String name() {
        return "snapshot";
    }

    @Override
    public Set<Server> servers() {
        return Set.of(Server.POSTGRES, Server.KAFKA);
    }

    @Override
    public Contest prepare(Arena arena) throws Exception {
        int rows = arena.plan().rows();
        arena.table().create();
        arena.table().insert(1, rows);
        // our job would make it; Debezium is told not to
        arena.database().execute("CREATE PUBLICATION " + Arena.PUBLICATION + " FOR TABLE " + Arena.TABLE);
        Checksum expected = arena.table().checksum();
        Target topic = new TopicTarget(List.of(arena.topic()));
        Drain drain = arena.drain(rows);
        Contender ours = new JobContender(
                arena,
                topic,
                drain,
                expected,
                new SnapshotSlot(arena),
                new JobFiles(arena).capture(Arena.SLOT, Arena.THREADS, List.of(Arena.TABLE)),
                null);
        Contender debezium = new ChildContender(
                "debezium",
                Role.PEER,
                arena,
                DebeziumPeer.of(arena, "initial"),
                topic,
                drain,
                expected,
                new SnapshotSlot(arena));
        Contender copy = new ChildContender(
                "copy-loop", Role.LIMIT, arena, arena.peer("copy", rows, 1), null, drain, null, RunHooks.NONE);
        ContestCase.rehearse(debezium);
        return new Contest(
                name(),
                List.of(ours, debezium, copy),
                Map.of(debezium.name(), PEER, copy.name(), LIMIT),
                String.valueOf(expected));
    }
}
