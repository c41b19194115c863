package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.harness.Contender;
import io.millrace.benchmarks.harness.Contest;
import io.millrace.benchmarks.harness.Role;
import io.millrace.benchmarks.process.Drain;
import io.millrace.benchmarks.stage.RunHooks;
import io.millrace.benchmarks.workload.Checksum;
import io.millrace.local.Server;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A topic that our own capture wrote, to one target.
 *
 * @param peer the ratio to reach against the plain client
 * @param limit the ratio to reach against canned requests
 * @param strawman the ratio to reach against one request per record; 0 if nobody does that
 */
record SyncCase(SyncTarget to, double peer, double limit, double strawman) implements ContestCase {

    /** The strawman gets a fiftieth of the records. */
    private static final int PART = 50;

    @Override
    public String name() {
        return to.label();
    }

    @Override
    public Set<Server> servers() {
        return Set.of(Server.POSTGRES, Server.KAFKA, to.server());
    }

    @Override
    public Contest prepare(Arena arena) throws Exception {
        SyncTopic topic = SyncTopic.fill(arena);
        long rows = arena.plan().rows();
        Drain drain = arena.drain(rows);
        Checksum expected = topic.expected();
        Target theirs = to.target(arena.addresses(), false);
        List<Contender> contenders = new ArrayList<>();
        contenders.add(new JobContender(
                arena,
                to.target(arena.addresses(), true),
                drain,
                expected,
                SlowTopic.of(arena),
                new JobFiles(arena).sync(List.of(to)),
                null));
        contenders.add(plain(arena, theirs, drain, expected));
        Contender canned = canned(to, arena, theirs, drain, expected);
        contenders.add(canned);
        Map<String, Double> aims = new HashMap<>(Map.of(plainName(), peer, cannedName(to), limit));
        if (strawman > 0) {
            contenders.add(oneByOne(arena, theirs, rows / PART));
            aims.put(strawmanName(), strawman);
        }
        ContestCase.rehearse(canned);
        return new Contest(name(), contenders, aims, rows + " records, SHA-256 " + topic.digest() + "…");
    }

    private Contender plain(Arena arena, Target target, Drain drain, Checksum expected) {
        return new ChildContender(
                plainName(),
                Role.PEER,
                arena,
                arena.peer(to.label(), drain.total(), Arena.THREADS),
                target,
                drain,
                expected,
                SlowTopic.of(arena));
    }

    /** Returns the limit of a target. */
    static Contender canned(SyncTarget to, Arena arena, Target target, Drain drain, Checksum expected) {
        return new ChildContender(
                cannedName(to),
                Role.LIMIT,
                arena,
                arena.peer(to.label() + "-canned", drain.total(), Arena.THREADS),
                target,
                drain,
                expected,
                RunHooks.NONE);
    }

    private Contender oneByOne(Arena arena, Target target, long records) {
        return new ChildContender(
                strawmanName(),
                Role.STRAWMAN,
                arena,
                arena.peer(to.label() + "-one", records, 1),
                target,
                arena.drain(records),
                null,
                RunHooks.NONE);
    }

    private String plainName() {
        return "plain-" + to.label();
    }

    private static String cannedName(SyncTarget to) {
        return "canned-" + to.label();
    }

    private String strawmanName() {
        return "one-by-one-" + to.label();
    }
}
