package io.millrace.cli.audit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace audit hold}. */
@Command(
        name = "hold",
        description = {
            "Sets, lists and releases legal holds: what is held does not expire, and who is held is not erased.",
            "",
            "Holds are kept in the database of the keys, which names a held person by a keyed hash alone."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AuditHoldSetCommand.class, AuditHoldListCommand.class, AuditHoldReleaseCommand.class})
final class AuditHoldCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say `audit hold set`, `audit hold list` or `audit hold release`");
    }
}
