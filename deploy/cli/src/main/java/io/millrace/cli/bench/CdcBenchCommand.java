package io.millrace.cli.bench;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Workspace;
import io.millrace.cli.pipeline.PipelineLock;
import io.millrace.cli.pipeline.PipelineOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

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
public final class CdcBenchCommand extends MillraceCommand {

    /** The names of all cases. */
    public static final List<String> CASES =
            List.of("snapshot", "stream", "elasticsearch", "redis", "clickhouse", "all", "latency", "growth");

    private static final int QUICK_SIZE = 100_000;
    private static final int FULL_SIZE = 1_000_000;
    private static final int FULL_PAIRS = 7;

    /** A smaller backlog is read before anybody could look. */
    private static final int SMALLEST = 1_000;

    private final Workspace workspace;

    @Option(names = "--quick", description = "A first look: one pair, smaller tables; at most 15 minutes.")
    private boolean quick;

    @Option(
            names = "--case",
            paramLabel = "NAME",
            split = ",",
            description = "The cases to run: snapshot, stream, elasticsearch, redis, clickhouse, all, latency, growth."
                    + " Default: every one.")
    private List<String> cases = List.of();

    @Option(
            names = "--pairs",
            paramLabel = "N",
            description = "How often each contender runs, the order turned round each time. Default: 7, quick 1.")
    private @Nullable Integer pairs;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report to this file as JSON.")
    private @Nullable Path json;

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

    @Mixin
    private final PipelineOptions options = new PipelineOptions();

    CdcBenchCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        BenchPlan plan = plan();
        Benchmark benchmark = ServiceLoader.load(Benchmark.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.pipeline().equals("cdc"))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        "the benchmarks are not on the class path; start this as `./millrace bench cdc`"));
        try (PipelineLock lock = PipelineLock.take(workspace.runs().resolve("bench.lock"))) {
            return benchmark.run(workspace, plan, out()) ? 0 : 1;
        }
    }

    private BenchPlan plan() {
        List<String> unknown =
                cases.stream().filter(each -> !CASES.contains(each)).toList();
        if (!unknown.isEmpty()) {
            throw wrong("there is no case " + String.join(", ", unknown) + "; there are " + String.join(", ", CASES));
        }
        int size = atLeast("--changes", changes, quick ? QUICK_SIZE : FULL_SIZE, SMALLEST);
        return new BenchPlan(
                quick,
                cases.isEmpty() ? CASES : cases,
                atLeast("--pairs", pairs, quick ? 1 : FULL_PAIRS, 1),
                json,
                docs,
                size,
                atLeast("--rows", rows, size, SMALLEST),
                options.ports(),
                options.seed(),
                "millrace " + String.join(" ", arguments()));
    }

    /** The arguments as they were typed, for whoever repeats the run. */
    private List<String> arguments() {
        return spec().root().commandLine().getParseResult().originalArgs();
    }

    private int atLeast(String name, @Nullable Integer given, int otherwise, int least) {
        int value = given == null ? otherwise : given;
        if (value < least) {
            throw wrong(name + " is " + value + "; it must be at least " + least);
        }
        return value;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec().commandLine(), message);
    }
}
