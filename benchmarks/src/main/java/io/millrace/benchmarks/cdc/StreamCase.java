package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.harness.Contender;
import io.millrace.benchmarks.harness.Contest;
import io.millrace.benchmarks.harness.Role;
import io.millrace.benchmarks.process.Drain;
import io.millrace.benchmarks.stage.BenchJob;
import io.millrace.benchmarks.stage.RunHooks;
import io.millrace.benchmarks.workload.Backlog;
import io.millrace.benchmarks.workload.Checksum;
import io.millrace.local.Server;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A backlog of changes in Postgres' log, behind a slot, to Kafka. */
final class StreamCase implements ContestCase {

    private static final String MASTER = "bench_master";
    private static final double PEER = 1.2;
    private static final double LIMIT = 0.5;

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public Set<Server> servers() {
        return Set.of(Server.POSTGRES, Server.KAFKA);
    }

    @Override
    public Contest prepare(Arena arena) throws Exception {
        arena.table().create();
        arena.topic().create();
        String savepoint = savepoint(arena);
        Backlog backlog = new Backlog(arena.table(), arena.plan().changes());
        backlog.play();
        Checksum expected = arena.table().checksum();
        Target topic = new TopicTarget(List.of(arena.topic()));
        Drain drain = arena.drain(backlog.records()).afterHalf();
        RunHooks slot = slotOfItsOwn(arena);
        Path config = new JobFiles(arena).capture(Arena.SLOT, 1, List.of(Arena.TABLE));
        Contender ours = new JobContender(arena, topic, drain, expected, slot, config, savepoint);
        Contender debezium = new ChildContender(
                "debezium", Role.PEER, arena, DebeziumPeer.of(arena, "no_data"), topic, drain, expected, slot);
        Contender limit = new ChildContender(
                "replication-loop",
                Role.LIMIT,
                arena,
                arena.peer("replication", backlog.rowChanges(), 1),
                null,
                arena.drain(backlog.rowChanges()),
                null,
                slot);
        ContestCase.rehearse(debezium);
        return new Contest(
                name(),
                List.of(ours, debezium, limit),
                Map.of(debezium.name(), PEER, limit.name(), LIMIT),
                backlog.rowChanges() + " changes, " + expected);
    }

    /** Lets our capture read the empty table and stop: it and its slot stand before the first change. */
    private static String savepoint(Arena arena) throws Exception {
        Path config = new JobFiles(arena).capture(MASTER, 1, List.of(Arena.TABLE));
        try (BenchJob job = BenchJob.start(arena, Arena.JOB, config, null)) {
            return job.savepoint();
        }
    }

    private static RunHooks slotOfItsOwn(Arena arena) {
        return new RunHooks() {
            @Override
            public void before() throws SQLException, InterruptedException {
                arena.slots().drop(Arena.SLOT);
                arena.slots().copy(MASTER, Arena.SLOT);
            }

            @Override
            public void after() throws SQLException, InterruptedException {
                arena.slots().drop(Arena.SLOT);
            }
        };
    }
}
