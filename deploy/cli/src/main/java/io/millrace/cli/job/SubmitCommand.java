package io.millrace.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace submit}. */
@Command(
        name = "submit",
        description = {
            "Submits a job to the local Flink cluster or any other, and prints its id and its page.",
            "",
            "The configuration is read here and travels with the job: the cluster needs no file. A job of the same name"
                    + " that runs already is an error.",
            "",
            "Before it starts, the job looks at its servers: everything that is wrong is said at once, and what could not be"
                    + " checked is said in lines that begin with `note:`."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace submit cdc --config cdc-sync.yaml",
            "  millrace submit cdc --config cdc-sync.yaml --set generation=1 --from file:/savepoints/savepoint-5e20cb",
            "  millrace submit cdc --config cdc-sync.yaml --flink http://jobmanager:8081"
        })
public final class SubmitCommand extends MillraceCommand {
    static final String FLINK_LINE = "1.20.";

    private final Workspace workspace;

    @Mixin
    private final FlinkOptions flink = new FlinkOptions();

    @Parameters(paramLabel = "JOB", description = "A job of this project, by its folder under jobs/ (cdc), or a jar.")
    @SuppressWarnings("NullAway.Init")
    private String job;

    @Option(names = "--config", paramLabel = "FILE", description = "The job's configuration.")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Replaces one value of the configuration. May be repeated.")
    private final Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--name", paramLabel = "NAME", description = "The job's name; the same as --set name=NAME.")
    private @Nullable String name;

    @Option(
            names = "--from",
            paramLabel = "SAVEPOINT",
            description = "Start from this savepoint or retained checkpoint, as `millrace savepoint` prints it.")
    private @Nullable String savepoint;

    SubmitCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (name != null) {
            settings.put("name", name);
        }
        JobSubmission submission = new JobSubmission(JobJar.find(workspace, job), config, settings, savepoint);
        URI url = flink.url(workspace.local());
        FlinkRest rest = new FlinkRest(url);
        requireLine(rest.get("/config"), url);
        refuseSecond(submission.jobName(), new FlinkJobs(rest));
        JobSubmission.Accepted accepted = submission.to(flink.command(workspace));
        accepted.notes().forEach(out()::println);
        out().println("submitted " + submission.jobName().orElse(job) + " as " + accepted.id());
        out().println(rest.url() + "/#/job/running/" + accepted.id() + "/overview");
        return 0;
    }

    private static void requireLine(JsonNode cluster, URI url) {
        String version = cluster.path("flink-version").asText();
        if (!version.startsWith(FLINK_LINE)) {
            throw new CommandFailure("Flink at " + url + " is version `" + version + "`; the jobs are built for "
                    + FLINK_LINE + "x: submit to such a cluster");
        }
    }

    private static void refuseSecond(Optional<String> name, FlinkJobs jobs) {
        name.ifPresent(wanted -> jobs.all().stream()
                .filter(other -> other.live() && other.name().equals(wanted))
                .findFirst()
                .ifPresent(other -> {
                    throw new CommandFailure("a job named `" + wanted + "` runs already, as " + other.id()
                            + "; stop it with `millrace savepoint " + wanted
                            + " --stop`, or give this one another --name");
                }));
    }
}
