package io.millrace.cli.audit;

import io.millrace.archive.crypt.LegalHolds;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Workspace;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace audit hold release}. */
@Command(
        name = "release",
        description = "Releases a hold; it stays in the list as one that was.",
        footerHeading = "%nExamples:%n",
        footer = "  millrace audit hold release 3")
final class AuditHoldReleaseCommand extends MillraceCommand {
    private final Workspace workspace;

    @Parameters(paramLabel = "HOLD", description = "Its number, as `millrace audit hold list` prints it.")
    private long id;

    @Mixin
    private final KeyDatabase database = new KeyDatabase();

    AuditHoldReleaseCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        try (LegalHolds holds = database.holds(workspace)) {
            if (!holds.release(id)) {
                throw new CommandFailure(
                        "no hold " + id + " is in force; `millrace audit hold list` shows those that are");
            }
            out().println("hold " + id + " is released");
            return 0;
        }
    }
}
