package io.millrace.cli.bench;

import io.millrace.cli.Workspace;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace bench audit}. */
@Command(
        name = "audit",
        description = {
            "Measures the audit archive: a topic that is archived, and the archive's verification.",
            "",
            "A preloaded topic is archived by Millrace's job, by the same job without its chain and without its"
                    + " encryption, and by a bare consumer that hashes each record and writes bytes that were encoded"
                    + " before. An archive is verified by Millrace, by the verifier for Node.js, and its files are only"
                    + " hashed. Everything runs on real servers, each in a fresh process, one after the other, on an"
                    + " empty data folder, .millrace/bench. A run whose archive does not verify, or does not end in the"
                    + " hashes that a computation apart says, has no figure. The full form takes hours; ended in"
                    + " between, it goes on with the first case that is not done. A library for Node.js is fetched with"
                    + " npm."
        },
        exitCodeList = {"0:every run's archive was right", "1:one was not, or a case could not run"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace bench audit --quick",
            "  millrace bench audit --quick --case drain --events 2000000",
            "  millrace bench audit --docs --json audit.json"
        })
public final class AuditBenchCommand extends PipelineBenchCommand {

    /** The names of all cases. */
    public static final List<String> CASES = List.of("drain", "verify");

    private static final int QUICK_SIZE = 1_000_000;
    private static final int FULL_SIZE = 3_000_000;

    @Option(
            names = "--case",
            paramLabel = "NAME",
            split = ",",
            description = "The cases to run: drain, verify. Default: every one.")
    private List<String> cases = List.of();

    @Option(names = "--docs", description = "Write the report to docs/performance-audit.md.")
    private boolean docs;

    @Option(names = "--events", paramLabel = "N", description = "Events of a topic. Default: 3000000, quick 1000000.")
    private @Nullable Integer events;

    AuditBenchCommand(Workspace workspace) {
        super(workspace, "audit", CASES);
    }

    @Override
    List<String> cases() {
        return cases;
    }

    @Override
    boolean docs() {
        return docs;
    }

    @Override
    int rows() {
        return size("--events", events, QUICK_SIZE, FULL_SIZE);
    }
}
