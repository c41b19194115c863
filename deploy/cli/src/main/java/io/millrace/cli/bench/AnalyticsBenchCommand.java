package io.millrace.cli.bench;

import io.millrace.cli.Workspace;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace bench analytics}. */
@Command(
        name = "analytics",
        description = {
            "Measures windowed analytics: page views in tumbling windows, the activity of users in sliding ones, and"
                    + " percentiles.",
            "",
            "In each case Millrace's job and its peers (Kafka Streams, Flink SQL, Flink's own windows, KafkaJS) read the"
                    + " same topic on real servers, each in a fresh process, one after the other. Everything starts on an"
                    + " empty data folder, .millrace/bench. A run whose rows are not what a computation apart says has"
                    + " no figure. The full form takes hours; ended in between, it goes on with the first case that is"
                    + " not done. KafkaJS is fetched with npm."
        },
        exitCodeList = {"0:every run's target was right", "1:one was not, or a case could not run"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace bench analytics --quick",
            "  millrace bench analytics --quick --case tumbling --events 2000000",
            "  millrace bench analytics --docs --json analytics.json"
        })
public final class AnalyticsBenchCommand extends PipelineBenchCommand {

    /** The names of all cases. */
    public static final List<String> CASES = List.of("tumbling", "sliding", "percentiles", "growth");

    private static final int QUICK_SIZE = 1_000_000;
    private static final int FULL_SIZE = 5_000_000;

    @Option(
            names = "--case",
            paramLabel = "NAME",
            split = ",",
            description = "The cases to run: tumbling, sliding, percentiles, growth. Default: every one.")
    private List<String> cases = List.of();

    @Option(names = "--docs", description = "Write the report to docs/performance-analytics.md.")
    private boolean docs;

    @Option(names = "--events", paramLabel = "N", description = "Events of a topic. Default: 5000000, quick 1000000.")
    private @Nullable Integer events;

    AnalyticsBenchCommand(Workspace workspace) {
        super(workspace, "analytics", CASES);
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
