package io.millrace.benchmarks.audit;

import io.millrace.benchmarks.harness.Amount;
import io.millrace.benchmarks.harness.Contest;
import io.millrace.benchmarks.harness.Finding;
import io.millrace.benchmarks.harness.Findings;
import io.millrace.benchmarks.harness.Pairs;
import io.millrace.benchmarks.harness.Role;
import io.millrace.benchmarks.harness.Run;
import io.millrace.benchmarks.peers.Settings;
import io.millrace.benchmarks.process.NodePackages;
import io.millrace.benchmarks.stage.BenchCase;
import io.millrace.cli.CommandFailure;
import io.millrace.local.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An archive that the job wrote is verified, from the command's start to its end. */
final class VerifyCase implements BenchCase<Depot> {

    static final String NODE = "verify.js";
    static final String LIMIT = "sha256";

    /** Options of the script. */
    static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+TieredCompilation");

    private static final String LIBRARY = "hyparquet";
    private static final String PACKAGE = "package.json";
    private static final int KILO = 1_000;

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public Set<Server> servers() {
        return Set.of(Server.KAFKA, Server.POSTGRES);
    }

    @Override
    public List<Finding> play(Depot depot) throws Exception {
        AuditLoad load = AuditLoad.prepare(depot, name());
        Run filled = DrainCase.whole(depot, load).run();
        if (!filled.isValid()) {
            throw new CommandFailure("the archive that is to be verified is wrong: " + filled.wrong());
        }
        Contest contest = contest(depot, load);
        return Findings.of(
                contest, new Pairs(depot.out()).play(contest, depot.plan().pairs()));
    }

    private Contest contest(Depot depot, AuditLoad load) throws Exception {
        Archive archive = load.archive(depot);
        long amount = archive.bytes() / KILO;
        return new Contest(
                name(),
                List.of(ours(depot, load, amount), node(depot, load, amount), limit(depot, archive, amount)),
                Map.of(),
                amount / KILO + " MB, of " + load.describe(),
                Amount.KILOBYTES);
    }

    /** Returns the command, as the {@code millrace} script starts it. */
    private static PeerContender ours(Depot depot, AuditLoad load, long amount) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JVM);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.millrace.cli.Millrace"));
        words.addAll(List.of(
                "audit", "verify", "--archive", load.archive(depot).root().toString()));
        words.addAll(List.of("--public-key", load.signing().publicKeys().toString()));
        CommandProgram program = new CommandProgram("millrace audit verify", words, amount, String.join(" ", JVM));
        return new PeerContender("millrace", Role.OURS, depot, program, amount, verified(load));
    }

    private static PeerContender.Check verified(AuditLoad load) {
        PeerContender.Check records = PeerContender.Check.says(": " + load.events() + " record(s) are not sealed yet");
        PeerContender.Check verdict = PeerContender.Check.says("OK nothing is wrong");
        return said -> records.difference(said) + verdict.difference(said);
    }

    private static PeerContender node(Depot depot, AuditLoad load, long amount) throws Exception {
        Path folder = Files.createDirectories(depot.workspace().runs().resolve("bench-verifier"));
        for (String file : List.of(NODE, PACKAGE)) {
            Files.copy(
                    depot.workspace()
                            .root()
                            .resolve("docs/examples/audit-verifier")
                            .resolve(file),
                    folder.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        NodePackages.install(folder, LIBRARY + "@" + NodePackages.wanted(folder.resolve(PACKAGE), LIBRARY));
        List<String> words = List.of(
                "node",
                folder.resolve(NODE).toString(),
                load.archive(depot).root().toString(),
                load.signing().publicKeys().toString());
        return new PeerContender(
                NODE,
                Role.PEER,
                depot,
                new CommandProgram(NODE, words, amount, "one thread"),
                amount,
                PeerContender.Check.says("; " + load.events() + " more follow by the chain"));
    }

    private static PeerContender limit(Depot depot, Archive archive, long amount) {
        Map<String, String> settings = Map.of(Settings.FOLDER, archive.root().toString());
        return new PeerContender(
                LIMIT, Role.LIMIT, depot, depot.peer(LIMIT, settings), amount, PeerContender.Check.NONE);
    }
}
