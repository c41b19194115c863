package io.millrace.cli.fault;

import static io.millrace.cli.pipeline.PipelineJobs.AUDIT;

import io.millrace.cli.Workspace;
import io.millrace.cli.pipeline.PipelineServers;
import picocli.CommandLine.Command;

/** {@code millrace fault audit}. */
@Command(
        name = "audit",
        description = {
            "Plays faults against the audit archive, on real servers.",
            "",
            "For each, everything starts on an empty data folder, .millrace/fault. Services tell what staff and customers do"
                    + " while something breaks and for a moment after it; a reader looks at the archive's folder all the"
                    + " while. Then the archive is verified, by two verifiers, and compared with its topic, record for record."
                    + " Without a name, lists the faults."
        },
        exitCodeList = {
            "0:every outcome is the one that it must be",
            "1:one is not, or a fault could not be played",
            "2:the command line is wrong"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace fault audit",
            "  millrace fault audit kill-taskmanager",
            "  millrace fault audit kill-taskmanager --control",
            "  millrace fault audit all --seed 7"
        })
public final class AuditFaultCommand extends PipelineFaultCommand {

    AuditFaultCommand(Workspace workspace) {
        super(workspace);
    }

    @Override
    FaultList faults() {
        return AuditFaults.ALL;
    }

    @Override
    boolean play(Fault fault, PipelineServers servers, Leftovers leftovers, long seed, boolean controlled)
            throws Exception {
        JobFaultRun.Opening inStore = (project, running, chosen) ->
                AuditLoad.openInStore(project, running, StoreFaults.open(project, running, leftovers), chosen);
        JobFaultRun.Opening opening = fault.isInStore() ? inStore : AuditLoad::open;
        return new JobFaultRun(AUDIT, opening, workspace(), servers, leftovers, out()).play(fault, seed, controlled);
    }
}
