package io.millrace.cli.fault;

import io.millrace.cli.Workspace;
import io.millrace.cli.pipeline.PipelineServers;
import picocli.CommandLine.Command;

/** {@code millrace fault cdc}. */
@Command(
        name = "cdc",
        description = {
            "Plays faults against Postgres to Kafka to Elasticsearch, Redis and ClickHouse, on real servers.",
            "",
            "For each, everything starts on an empty data folder, .millrace/fault. The shop is at work while something"
                    + " breaks and for a moment after it; then every target is compared with Postgres, row by row."
                    + " Without a name, lists the faults."
        },
        exitCodeList = {
            "0:every outcome is the one that it must be",
            "1:one is not, or a fault could not be played",
            "2:the command line is wrong"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace fault cdc",
            "  millrace fault cdc kill-taskmanager",
            "  millrace fault cdc kill-taskmanager --control",
            "  millrace fault cdc all --seed 7"
        })
public final class CdcFaultCommand extends PipelineFaultCommand {

    CdcFaultCommand(Workspace workspace) {
        super(workspace);
    }

    @Override
    FaultList faults() {
        return CdcFaults.ALL;
    }

    @Override
    boolean play(Fault fault, PipelineServers servers, Leftovers leftovers, long seed, boolean controlled)
            throws Exception {
        return new FaultRun(workspace(), servers, leftovers, out()).play(fault, seed, controlled);
    }
}
