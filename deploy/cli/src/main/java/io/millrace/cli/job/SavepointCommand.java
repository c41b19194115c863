package io.millrace.cli.job;

import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Workspace;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace savepoint}. */
@Command(
        name = "savepoint",
        description = "Takes a savepoint of a running job and prints its address, for `millrace submit --from`.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace savepoint cdc-sync",
            "  millrace savepoint cdc-sync --stop --to s3://savepoints/ --flink http://jobmanager:8081"
        })
public final class SavepointCommand extends MillraceCommand {
    private final Workspace workspace;

    @Mixin
    private final FlinkOptions flink = new FlinkOptions();

    @Parameters(paramLabel = "JOB", description = "The job's name, such as cdc-sync, or its id.")
    @SuppressWarnings("NullAway.Init")
    private String job;

    @Option(names = "--stop", description = "Stop the job with the savepoint; nothing is processed after it.")
    private boolean stop;

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            description = "Where to write it, as an address that Flink knows. Default: the cluster's own folder.")
    private @Nullable String folder;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long to wait for it. Default: ${DEFAULT-VALUE}.")
    private int timeout;

    SavepointCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() {
        FlinkJobs jobs = new FlinkJobs(new FlinkRest(flink.url(workspace.local())));
        String address = jobs.savepoint(jobs.live(job), folder, stop, Duration.ofSeconds(timeout), err()::println);
        out().println(address);
        return 0;
    }
}
