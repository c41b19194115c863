package io.millrace.cli.audit;

import io.millrace.archive.crypt.LegalHolds;
import io.millrace.archive.crypt.PlacedHold;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Printable;
import io.millrace.cli.TextTable;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace audit hold list}. */
@Command(
        name = "list",
        description = "Lists the holds that are in force, a person by the beginning of the keyed hash.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace audit hold list",
            "  PGUSER=app PGPASSWORD=… millrace audit hold list --all --postgres postgresql://db.example.com/keys"
        })
final class AuditHoldListCommand extends MillraceCommand {
    private static final int SHOWN = 12;

    private final Workspace workspace;

    @Option(names = "--all", description = "Also those that were released.")
    private boolean all;

    @Mixin
    private final KeyDatabase database = new KeyDatabase();

    AuditHoldListCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        try (LegalHolds holds = database.holds(workspace)) {
            List<PlacedHold> placed = holds.all().stream()
                    .filter(hold -> all || hold.releasedAt() == null)
                    .toList();
            if (placed.isEmpty()) {
                out().println("no hold");
            } else {
                table(placed).print(out());
            }
            return 0;
        }
    }

    private static TextTable table(List<PlacedHold> placed) {
        TextTable table = new TextTable("HOLD", "OF", "FROM", "TO", "SET", "BY", "RELEASED", "REASON");
        for (PlacedHold hold : placed) {
            String subject = hold.subject();
            table.row(
                    String.valueOf(hold.id()),
                    subject == null ? "everybody" : subject.substring(0, SHOWN),
                    day(hold.from()),
                    day(hold.to()),
                    hold.placedAt().toString(),
                    Printable.line(hold.placedBy()),
                    hold.releasedAt() == null ? "-" : hold.releasedAt().toString(),
                    Printable.line(hold.reason()));
        }
        return table;
    }

    private static String day(@Nullable LocalDate day) {
        return day == null ? "-" : day.toString();
    }
}
