package io.millrace.cli.slot;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace cdc slot}. */
@Command(
        name = "slot",
        description = {
            "Shows, drops or advances a database's logical replication slots.",
            "",
            "A slot keeps the write-ahead log that its reader has not confirmed. One whose job is gone for good keeps"
                    + " it for ever, until the disk is full: drop it."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SlotListCommand.class, SlotDropCommand.class, SlotAdvanceCommand.class})
final class SlotCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say `cdc slot list`, `cdc slot drop` or `cdc slot advance`");
    }
}
