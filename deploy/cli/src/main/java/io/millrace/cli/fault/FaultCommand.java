package io.millrace.cli.fault;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace fault}. */
@Command(
        name = "fault",
        description = "Breaks something under load, and compares every target with its source afterwards.",
        subcommands = {CdcFaultCommand.class, AnalyticsFaultCommand.class, AuditFaultCommand.class})
public final class FaultCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a pipeline is missing: cdc, analytics or audit");
    }
}
