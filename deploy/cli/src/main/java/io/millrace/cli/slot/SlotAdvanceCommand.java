package io.millrace.cli.slot;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Workspace;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code millrace cdc slot advance}. */
@Command(
        name = "advance",
        description = {
            "Moves a slot on past changes that nobody is to read, and lets Postgres remove their log.",
            "",
            "They are lost to the slot's reader. A job that goes on from a savepoint before the new position refuses to"
                    + " start, and says so: it begins anew, with a snapshot."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  millrace cdc slot advance millrace --to 0/16B3748", "  millrace cdc slot advance millrace --to-end"
        })
final class SlotAdvanceCommand extends MillraceCommand {
    private final Workspace workspace;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Parameters(paramLabel = "SLOT", description = "The slot's name.")
    private String name = "";

    @Option(names = "--to", paramLabel = "LSN", description = "The position, as `cdc slot list` prints them.")
    private @Nullable String position;

    @Option(names = "--to-end", description = "Past everything that has been written until now.")
    private boolean toEnd;

    SlotAdvanceCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws SQLException {
        if (toEnd == (position != null)) {
            throw new ParameterException(spec().commandLine(), "say either --to LSN or --to-end");
        }
        if (position != null && !position.matches("[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}")) {
            throw new ParameterException(
                    spec().commandLine(), "--to is " + position + "; it must be a position such as 0/16B3748");
        }
        try (Slots slots = database.open(workspace)) {
            Slot slot = slots.find(name);
            if (slot.reader() != 0) {
                throw new CommandFailure("the slot " + name + " is being read, by process " + slot.reader()
                        + " of the server; stop its job first");
            }
            String wanted = position == null ? slots.end() : position;
            out().println(name + " stands at " + advance(slots, slot, wanted) + "; before it stood at "
                    + slot.confirmed());
            return 0;
        }
    }

    private static String advance(Slots slots, Slot slot, String wanted) {
        try {
            return slots.advance(slot, wanted);
        } catch (SQLException e) {
            throw new CommandFailure(
                    "Postgres does not move " + slot.name() + " from " + slot.confirmed() + " to " + wanted + ": "
                            + e.getMessage(),
                    e);
        }
    }
}
