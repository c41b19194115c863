package io.millrace.benchmarks.audit;

import io.millrace.archive.digest.PublicKeys;
import io.millrace.benchmarks.harness.Contender;
import io.millrace.benchmarks.harness.Contest;
import io.millrace.benchmarks.harness.Finding;
import io.millrace.benchmarks.harness.Findings;
import io.millrace.benchmarks.harness.Pairs;
import io.millrace.benchmarks.harness.Role;
import io.millrace.benchmarks.harness.Run;
import io.millrace.benchmarks.peers.Settings;
import io.millrace.benchmarks.stage.BenchCase;
import io.millrace.benchmarks.stage.BenchJob;
import io.millrace.local.Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A topic that is archived whole: by the job, by the job without a part of it, and by the least that there is to do. */
final class DrainCase implements BenchCase<Depot> {

    static final String WITHOUT_CHAIN = "millrace, without chain";
    static final String WITHOUT_ENCRYPTION = "millrace, without encryption";
    static final String LIMIT = "poll-hash-write";

    /** The chain may cost a tenth. */
    private static final double CHAIN = 0.9;

    private static final double OF_LIMIT = 0.6;

    @Override
    public String name() {
        return "drain";
    }

    @Override
    public Set<Server> servers() {
        return Set.of(Server.KAFKA, Server.POSTGRES);
    }

    @Override
    public List<Finding> play(Depot depot) throws Exception {
        AuditLoad load = AuditLoad.prepare(depot, name());
        Contender clear = variant(depot, load, WITHOUT_ENCRYPTION, "without-encryption", verified(load, false));
        Contender limit = limit(depot, load);
        Contest contest = new Contest(
                name(),
                List.of(
                        whole(depot, load),
                        variant(
                                depot,
                                load,
                                WITHOUT_CHAIN,
                                "without-chain",
                                ArchiveCheck.chainedAfterwards(load.expected().encrypted())),
                        clear,
                        limit),
                Map.of(WITHOUT_CHAIN, CHAIN, LIMIT, OF_LIMIT),
                load.describe());
        List<Map<String, Run>> pairs =
                new Pairs(depot.out()).play(contest, depot.plan().pairs());
        List<Finding> findings = new ArrayList<>(Findings.of(contest, pairs));
        // the same runs once more: how far the job is from the limit if it does not encrypt
        Contest inClear = new Contest("drain, in clear", List.of(clear, limit), Map.of(), load.describe());
        findings.addAll(Findings.of(inClear, pairs));
        return findings;
    }

    /** Returns the job as it is. */
    static JobContender whole(Depot depot, AuditLoad load) throws Exception {
        return new JobContender(
                "millrace",
                depot,
                load,
                () -> BenchJob.start(depot, Depot.JOB, load.config(depot).write(depot), null),
                verified(load, true));
    }

    static ArchiveCheck verified(AuditLoad load, boolean encrypted) throws Exception {
        PublicKeys keys = load.signing().verifying();
        return ArchiveCheck.verified(
                keys, encrypted ? load.expected().encrypted() : load.expected().clear());
    }

    private static JobContender variant(Depot depot, AuditLoad load, String name, String variant, ArchiveCheck check)
            throws Exception {
        Path jar = depot.variants();
        Map<String, String> settings = Map.of("bench.variant", variant);
        return new JobContender(
                name,
                depot,
                load,
                () -> BenchJob.startJar(depot, jar, load.config(depot).write(depot), settings),
                check);
    }

    private static PeerContender limit(Depot depot, AuditLoad load) throws Exception {
        Map<String, String> settings = Map.of(
                Settings.KAFKA, depot.addresses().kafkaBootstrap(),
                Settings.TOPIC, load.topic(),
                Settings.RECORDS, Long.toString(load.events()),
                Settings.FOLDER, depot.folder().toString());
        return new PeerContender(
                LIMIT, Role.LIMIT, depot, depot.peer(LIMIT, settings), load.events(), PeerContender.Check.NONE);
    }
}
