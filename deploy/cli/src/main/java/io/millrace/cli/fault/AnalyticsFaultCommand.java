package io.millrace.cli.fault;

import static io.millrace.cli.pipeline.PipelineJobs.ANALYTICS;

import io.millrace.cli.Workspace;
import io.millrace.cli.pipeline.PipelineServers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace fault analytics}. */
@Command(
        name = "analytics",
        description = {
            "Plays faults against the analytics of what visitors do, on real servers.",
            "",
            "For each, everything starts on an empty data folder, .millrace/fault. Visitors come while something breaks"
                    + " and for a moment after it; then every result is compared with what their events come to, and every"
                    + " record is accounted for. Without a name, lists the faults."
        },
        exitCodeList = {
            "0:every outcome is the one that it must be",
            "1:one is not, or a fault could not be played",
            "2:the command line is wrong"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace fault analytics",
            "  millrace fault analytics kill-taskmanager",
            "  millrace fault analytics kill-taskmanager --control",
            "  millrace fault analytics kill-taskmanager --without commit",
            "  millrace fault analytics all --seed 7"
        })
public final class AnalyticsFaultCommand extends PipelineFaultCommand {

    @Option(
            names = "--without",
            paramLabel = "GUARD",
            description =
                    "Like --control, but switch another guard off: position (what --control does), state, commit, versions"
                            + " or names. The result that it guards must then differ.")
    private @Nullable String without;

    AnalyticsFaultCommand(Workspace workspace) {
        super(workspace);
    }

    @Override
    FaultList faults() {
        return AnalyticsFaults.ALL;
    }

    @Override
    boolean isControl() {
        return super.isControl() || without != null;
    }

    @Override
    public Integer call() throws Exception {
        guard();
        return super.call();
    }

    @Override
    boolean play(Fault fault, PipelineServers servers, Leftovers leftovers, long seed, boolean controlled)
            throws Exception {
        Guard guard = guard();
        JobFaultRun.Opening opening =
                (workspace, running, chosen) -> AnalyticsLoad.open(workspace, running, chosen, guard);
        return new JobFaultRun(ANALYTICS, opening, workspace(), servers, leftovers, out())
                .play(fault, seed, controlled);
    }

    private Guard guard() {
        String name = without == null ? AnalyticsGuards.POSITION.name() : without;
        return AnalyticsGuards.ALL.stream()
                .filter(guard -> guard.name().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong(
                        "there is no guard " + name + "; there are " + String.join(", ", AnalyticsGuards.names())));
    }
}
