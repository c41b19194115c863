package io.millrace.cli.audit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace audit keys}. */
@Command(
        name = "keys",
        description =
                "Makes the keys of an archive: those that sign its digests, and the one that wraps persons' keys.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AuditKeysSigningCommand.class, AuditKeysMasterCommand.class, AuditKeysListCommand.class})
final class AuditKeysCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say `audit keys signing`, `audit keys master` or `audit keys list`");
    }
}
