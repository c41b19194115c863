package io.millrace.cli.bench;

import io.millrace.cli.Workspace;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace bench cdc}. */
@Command(
        name = "cdc",
        description = {
            "Measures change data capture: Postgres to Kafka, and Kafka to Elasticsearch, Redis and ClickHouse.",
            "",
            "In each case Millrace's job, its peers and a bare loop do the same work on real servers, each in a fresh"
                    + " JVM, one after the other. Everything starts on an empty data folder, .millrace/bench. A run"
                    + " whose target does not equal its source has no figure. The full form takes hours; ended in"
                    + " between, it goes on with the first case that is not done."
        },
        exitCodeList = {"0:every run's target was right", "1:one was not, or a case could not run"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace bench cdc --quick",
            "  millrace bench cdc --quick --case stream,redis --changes 20000",
            "  millrace bench cdc --docs --json cdc.json"
        })
public final class CdcBenchCommand extends PipelineBenchCommand {

    /** The names of all cases. */
    public static final List<String> CASES =
            List.of("snapshot", "stream", "elasticsearch", "redis", "clickhouse", "all", "latency", "growth");

    private static final int QUICK_SIZE = 100_000;
    private static final int FULL_SIZE = 1_000_000;

    @Option(
            names = "--case",
            paramLabel = "NAME",
            split = ",",
            description = "The cases to run: snapshot, stream, elasticsearch, redis, clickhouse, all, latency, growth."
                    + " Default: every one.")
    private List<String> cases = List.of();

    @Option(names = "--docs", description = "Write the report to docs/performance.md.")
    private boolean docs;

    @Option(
            names = "--changes",
            paramLabel = "N",
            description = "Changes of a backlog in Postgres. Default: 1000000, quick 100000.")
    private @Nullable Integer changes;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Rows of a snapshot, and records of a topic. Default: --changes.")
    private @Nullable Integer rows;

    CdcBenchCommand(Workspace workspace) {
        super(workspace, "cdc", CASES);
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
    int changes() {
        return size("--changes", changes, QUICK_SIZE, FULL_SIZE);
    }

    @Override
    int rows() {
        return size("--rows", rows, changes(), changes());
    }
}
