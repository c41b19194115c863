package io.millrace.cli.result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace analytics}. */
@Command(
        name = "analytics",
        description = "Looks after the results of the analytics.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ResultsSweepCommand.class)
public final class AnalyticsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say `analytics sweep`");
    }
}
