package io.millrace.cli.slot;

import io.millrace.cli.Bytes;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Workspace;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace cdc slot drop}. */
@Command(
        name = "drop",
        description = {
            "Drops a slot, and lets Postgres remove the log that it kept.",
            "",
            "The job that read it cannot go on from a savepoint any more: it begins anew, without a savepoint and with"
                    + " `generation` raised by one, takes a snapshot, and sweeps what vanished meanwhile."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace cdc slot drop millrace",
            "  PGUSER=app PGPASSWORD=… millrace cdc slot drop millrace --postgres postgresql://db.example.com/shop"
        })
final class SlotDropCommand extends MillraceCommand {
    private final Workspace workspace;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Parameters(paramLabel = "SLOT", description = "The slot's name.")
    private String name = "";

    @Option(names = "--force", description = "Drop it although somebody reads it; the reader is disconnected.")
    private boolean force;

    SlotDropCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws SQLException, InterruptedException {
        try (Slots slots = database.open(workspace)) {
            Slot slot = slots.find(name);
            if (!slots.drop(slot, force)) {
                throw new CommandFailure("the slot " + name + " is being read, by process "
                        + slots.find(name).reader() + " of the server; stop its job first, or say --force");
            }
            out().println("dropped " + name
                    + (slot.kept() < 0 ? "" : ", for which Postgres kept " + Bytes.text(slot.kept())));
            return 0;
        }
    }
}
