package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.harness.Contender;
import io.millrace.benchmarks.harness.Contest;
import io.millrace.benchmarks.harness.Role;
import io.millrace.benchmarks.process.Drain;
import io.millrace.local.Server;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A topic that our own capture wrote, to every target at once. */
final class AllCase implements ContestCase {

    private static final double PEER = 2;
    private static final double LIMIT = 0.6;

    @Override
    public String name() {
        return "all";
    }

    @Override
    public Set<Server> servers() {
        Set<Server> servers = EnumSet.of(Server.POSTGRES, Server.KAFKA);
        for (SyncTarget target : SyncTarget.values()) {
            servers.add(target.server());
        }
        return servers;
    }

    @Override
    public Contest prepare(Arena arena) throws Exception {
        SyncTopic topic = SyncTopic.fill(arena);
        Drain drain = arena.drain(arena.plan().rows());
        List<SyncTarget> targets = List.of(SyncTarget.values());
        Contender ours = new JobContender(
                arena,
                AllTargets.of(arena, true),
                drain,
                topic.expected(),
                SlowTopic.of(arena),
                new JobFiles(arena).sync(targets),
                null);
        Contender plain = new ChildContender(
                "plain-all",
                Role.PEER,
                arena,
                arena.peer(name(), drain.total(), Arena.THREADS),
                AllTargets.of(arena, false),
                drain,
                topic.expected(),
                SlowTopic.of(arena));
        Contender limit = new SlowestLimit(targets.stream()
                .map(each ->
                        SyncCase.canned(each, arena, each.target(arena.addresses(), false), drain, topic.expected()))
                .toList());
        ContestCase.rehearse(limit);
        return new Contest(
                name(),
                List.of(ours, plain, limit),
                Map.of(plain.name(), PEER, limit.name(), LIMIT),
                drain.total() + " records, SHA-256 " + topic.digest() + "…");
    }
}
