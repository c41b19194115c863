package io.millrace.cli.slot;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace cdc}. */
@Command(
        name = "cdc",
        description = "Looks after what change data capture leaves in a database.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = SlotCommand.class)
public final class CdcCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say `cdc slot`");
    }
}
