package io.millrace.benchmarks.audit;

import io.millrace.benchmarks.peers.PeerMain;
import io.millrace.benchmarks.peers.Settings;
import io.millrace.benchmarks.process.JavaProgram;
import io.millrace.benchmarks.stage.BenchServers;
import io.millrace.benchmarks.stage.TopicStage;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.Workspace;
import io.millrace.cli.bench.BenchPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Where the contenders of a case meet: the same topic, the same keys, an empty archive for each. */
public record Depot(Workspace workspace, BenchPlan plan, BenchServers servers, PrintWriter out) implements TopicStage {

    /** Module of the job. */
    static final String JOB = "audit";

    /** Threads of everybody: the job's parallelism. */
    static final int THREADS = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration QUICK_PATIENCE = Duration.ofMinutes(5);

    @Override
    public Duration patience() {
        return plan.quick() ? QUICK_PATIENCE : PATIENCE;
    }

    /** Returns one of the peers in our own class path. */
    JavaProgram peer(String name, Map<String, String> more) {
        Map<String, String> settings = new LinkedHashMap<>(more);
        settings.put(Settings.PEER, name);
        settings.put(Settings.THREADS, Integer.toString(THREADS));
        return new JavaProgram(PeerMain.class.getName(), System.getProperty("java.class.path"), JVM, settings);
    }

    /** Returns the jar of the job's variants. */
    Path variants() throws IOException {
        Path target = workspace.root().resolve("benchmarks").resolve(JOB).resolve("target");
        if (Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                Path jar = files.filter(
                                file -> file.getFileName().toString().matches("millrace-benchmarks-audit-.*\\.jar"))
                        .findFirst()
                        .orElse(null);
                if (jar != null) {
                    return jar;
                }
            }
        }
        throw new CommandFailure("benchmarks/audit is not built; run `mvn -B package -DskipTests -pl benchmarks -am`");
    }
}
