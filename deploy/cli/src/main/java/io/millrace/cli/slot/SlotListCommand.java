package io.millrace.cli.slot;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.millrace.cli.Bytes;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.TextTable;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace cdc slot list}. */
@Command(
        name = "list",
        description = {
            "Lists the logical slots: who reads each, the position it has confirmed, and how much log it keeps.",
            "",
            "WAL is Postgres' own word: reserved is well; extended keeps more than max_wal_size; unreserved is about to"
                    + " be lost; lost is lost, and its job has to begin anew."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace cdc slot list",
            "  PGUSER=app PGPASSWORD=… millrace cdc slot list --postgres postgresql://db.example.com/shop --json"
        })
final class SlotListCommand extends MillraceCommand {
    private final Workspace workspace;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--json", description = "Print one JSON array, an object for each slot; positions are text.")
    private boolean json;

    SlotListCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        try (Slots slots = database.open(workspace)) {
            List<Slot> all = slots.all();
            if (json) {
                out().println(json(all));
            } else if (all.isEmpty()) {
                out().println("no logical slot");
            } else {
                table(all).print(out());
            }
            return 0;
        }
    }

    private static TextTable table(List<Slot> slots) {
        TextTable table = new TextTable("SLOT", "DATABASE", "READER", "CONFIRMED", "KEPT", "WAL");
        slots.forEach(slot -> table.row(
                slot.name(),
                slot.database(),
                slot.reader() == 0 ? "nobody" : "process " + slot.reader(),
                slot.confirmed().isEmpty() ? "-" : slot.confirmed(),
                slot.kept() < 0 ? "-" : Bytes.text(slot.kept()),
                slot.wal().isEmpty() ? "-" : slot.wal()));
        return table;
    }

    private static String json(List<Slot> slots) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode array = mapper.createArrayNode();
        slots.forEach(slot -> array.addObject()
                .put("slot", slot.name())
                .put("database", slot.database())
                .put("reader", slot.reader() == 0 ? null : slot.reader())
                .put("confirmed", slot.confirmed().isEmpty() ? null : slot.confirmed())
                .put("keptBytes", slot.kept() < 0 ? null : slot.kept())
                .put("wal", slot.wal().isEmpty() ? null : slot.wal()));
        return mapper.writeValueAsString(array);
    }
}
