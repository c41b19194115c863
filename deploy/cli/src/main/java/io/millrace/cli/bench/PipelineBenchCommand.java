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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the benchmarks of all pipelines are asked in the same words. */
abstract class PipelineBenchCommand extends MillraceCommand {

    private static final int FULL_PAIRS = 7;

    /** A smaller backlog is read before anybody could look. */
    private static final int SMALLEST = 1_000;

    private final Workspace workspace;
    private final String pipeline;
    private final List<String> known;

    @Option(names = "--quick", description = "A first look: one pair, smaller backlogs; at most 15 minutes.")
    private boolean quick;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            description = "How often each contender runs, the order turned round each time. Default: 7, quick 1.")
    private @Nullable Integer pairs;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report to this file as JSON.")
    private @Nullable Path json;

    @Mixin
    private final PipelineOptions options = new PipelineOptions();

    /** @param known the names of all cases */
    PipelineBenchCommand(Workspace workspace, String pipeline, List<String> known) {
        this.workspace = workspace;
        this.pipeline = pipeline;
        this.known = known;
    }

    /** The cases that are asked for; every one if none is named. */
    abstract List<String> cases();

    abstract boolean docs();

    /** How many changes a backlog has; where topics alone are read, as many as records. */
    int changes() {
        return rows();
    }

    /** How many rows a table has, or records a topic. */
    abstract int rows();

    @Override
    public final Integer call() throws Exception {
        BenchPlan plan = plan();
        Benchmark benchmark = ServiceLoader.load(Benchmark.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.pipeline().equals(pipeline))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        "the benchmarks are not on the class path; start this as `./millrace bench " + pipeline + "`"));
        try (PipelineLock lock = PipelineLock.take(workspace.runs().resolve("bench.lock"))) {
            return benchmark.run(workspace, plan, out()) ? 0 : 1;
        }
    }

    private BenchPlan plan() {
        List<String> unknown =
                cases().stream().filter(each -> !known.contains(each)).toList();
        if (!unknown.isEmpty()) {
            throw wrong("there is no case " + String.join(", ", unknown) + "; there are " + String.join(", ", known));
        }
        return new BenchPlan(
                quick,
                cases().isEmpty() ? known : cases(),
                atLeast("--pairs", pairs, quick ? 1 : FULL_PAIRS, 1),
                json,
                docs(),
                changes(),
                rows(),
                options.ports(),
                options.seed(),
                "millrace " + String.join(" ", arguments()));
    }

    /** The arguments as they were typed, for whoever repeats the run. */
    private List<String> arguments() {
        return spec().root().commandLine().getParseResult().originalArgs();
    }

    /** Returns a size that was given, or one that is as large as the form of the benchmark wants it. */
    final int size(String name, @Nullable Integer given, int ofQuick, int ofFull) {
        return atLeast(name, given, quick ? ofQuick : ofFull, SMALLEST);
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
