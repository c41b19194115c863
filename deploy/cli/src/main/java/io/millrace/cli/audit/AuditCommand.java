package io.millrace.cli.audit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace audit}. */
@Command(
        name = "audit",
        description = "Proves an audit archive, reads it, and forgets persons and old days in it.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AuditVerifyCommand.class,
            AuditShowCommand.class,
            AuditEraseCommand.class,
            AuditExpireCommand.class,
            AuditHoldCommand.class,
            AuditKeysCommand.class,
            AuditRebuildCommand.class
        })
public final class AuditCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say `audit verify`, `audit show`, `audit erase`, `audit expire`, `audit hold`, `audit keys` or"
                        + " `audit rebuild`");
    }
}
