package io.millrace.cli.fault;

import static io.millrace.cli.pipeline.PipelineJobs.ANALYTICS;

import io.millrace.cli.Workspace;
import io.millrace.cli.pipeline.PipelineServers;
import picocli.CommandLine.Command;

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
            "  millrace fault analytics all --seed 7"
        })
public final class AnalyticsFaultCommand extends PipelineFaultCommand {

    AnalyticsFaultCommand(Workspace workspace) {
        super(workspace);
    }

    @Override
    FaultList faults() {
        return AnalyticsFaults.ALL;
    }

    @Override
    boolean play(Fault fault, PipelineServers servers, Leftovers leftovers, long seed, boolean controlled)
            throws Exception {
        return new JobFaultRun(ANALYTICS, AnalyticsLoad::open, workspace(), servers, leftovers, out())
                .play(fault, seed, controlled);
    }
}
