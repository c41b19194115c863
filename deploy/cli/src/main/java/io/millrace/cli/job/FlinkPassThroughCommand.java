package io.millrace.cli.job;

import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace flink}. */
@Command(
        name = "flink",
        description = {
            "Flink's own command line, for the local cluster or any other.",
            "",
            "Everything from Flink's action on is passed to it as it is; `millrace flink run --help` is Flink's help."
                    + " The exit code is Flink's."
        },
        exitCodeList = {"0:done", "1:failed", "2:the part before Flink's action is wrong"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace flink list",
            "  millrace flink --flink http://jobmanager:8081 cancel 5e20cb6b0f357591171dfcca2eea09de",
            "  millrace flink run --detached my-job.jar --my-option 1"
        })
public final class FlinkPassThroughCommand extends MillraceCommand {
    private final Workspace workspace;

    @Mixin
    private final FlinkOptions flink = new FlinkOptions();

    @Parameters(
            paramLabel = "ACTION",
            arity = "1..*",
            description = "One of Flink's actions (run, list, info, cancel, stop, savepoint, …) and its arguments.")
    private final List<String> arguments = new ArrayList<>();

    FlinkPassThroughCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return flink.command(workspace).process(arguments).inheritIO().start().waitFor();
    }
}
