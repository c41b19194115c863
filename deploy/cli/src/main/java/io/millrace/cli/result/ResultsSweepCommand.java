package io.millrace.cli.result;

import io.millrace.cli.ClickHouse;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Moment;
import io.millrace.cli.TextTable;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code millrace analytics sweep}. */
@Command(
        name = "sweep",
        description = {
            "Deletes the results that only earlier generations had, once a replay with a higher `generation` has caught up.",
            "",
            "A replay writes every result again, and wins. What it does not write stays: a session that begins elsewhere"
                    + " this time, a term that is no longer among the first. Without --yes it only says how many rows"
                    + " these are. Each table is swept from a window after the replay's first row in it to its last one;"
                    + " what lies before or behind is not touched. A row that the replay writes later comes again by"
                    + " itself."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace analytics sweep --generation 1",
            "  millrace analytics sweep --generation 1 --from 2026-03-01T00:00:00Z --yes",
            "  CLICKHOUSE_USER=… CLICKHOUSE_PASSWORD=… millrace analytics sweep --generation 1"
                    + " --clickhouse https://ch.example.com:8443"
        })
final class ResultsSweepCommand extends MillraceCommand {

    private static final int LAST_GENERATION = 255;
    private static final Pattern NAME = Pattern.compile("\\w+");

    private final Workspace workspace;

    @Option(
            names = "--generation",
            paramLabel = "N",
            required = true,
            description = "The `generation` of the replay, 1 to 255.")
    private int number;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = Moment.Converter.class,
            description = "Only what begins at this time or later: 2026-03-01T12:00:00Z, or 2h for two hours ago."
                    + " Default: a window after the replay's first row of each table.")
    private @Nullable Moment from;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = Moment.Converter.class,
            description = "Only what begins before this time; the same forms. Default: the replay's last row.")
    private @Nullable Moment until;

    @Option(
            names = "--clickhouse",
            paramLabel = "URL",
            description = "A ClickHouse server's HTTP address. The environment gives CLICKHOUSE_USER (default: default)"
                    + " and CLICKHOUSE_PASSWORD. Default: that of the running local servers.")
    private @Nullable URI clickhouse;

    @Option(
            names = "--database",
            paramLabel = "NAME",
            defaultValue = "millrace",
            description = "The database of the results. Default: ${DEFAULT-VALUE}.")
    private String database = "";

    @Option(names = "--yes", description = "Delete them.")
    private boolean yes;

    ResultsSweepCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        check();
        ClickHouse server = clickhouse == null
                ? ClickHouse.local(workspace.local().clickhouseUrl())
                : ClickHouse.of(workspace, clickhouse);
        sweep(new Generation(server, database, number));
        return 0;
    }

    private void check() {
        if (number < 1 || number > LAST_GENERATION) {
            throw new ParameterException(
                    spec().commandLine(), "--generation is " + number + "; it must be 1 to " + LAST_GENERATION);
        }
        if (!NAME.matcher(database).matches()) {
            throw new ParameterException(
                    spec().commandLine(), "--database is `" + database + "`; it must be letters, digits and `_`");
        }
    }

    private void sweep(Generation generation) throws IOException {
        // all are looked at before the first is changed: a later generation in one of them ends the command
        Map<ResultTable, Optional<Span>> spans = new LinkedHashMap<>();
        for (ResultTable table : ResultTable.ALL) {
            spans.put(table, generation.span(table).map(this::within));
        }
        TextTable report = new TextTable("TABLE", yes ? "DELETED" : "TO DELETE", "BEGINNING");
        long rows = 0;
        for (Map.Entry<ResultTable, Optional<Span>> entry : spans.entrySet()) {
            rows += sweep(generation, entry.getKey(), entry.getValue().orElse(null), report);
        }
        report.print(out());
        if (rows > 0 && !yes) {
            out().println("--yes deletes them");
        }
    }

    private long sweep(Generation generation, ResultTable table, @Nullable Span span, TextTable report)
            throws IOException {
        if (span == null || span.isEmpty()) {
            report.row(table.name(), "0", span == null ? "no row of generation " + number : "no whole window yet");
            return 0;
        }
        long rows = generation.stale(table, span);
        if (yes && rows > 0) {
            generation.remove(table, span);
        }
        report.row(table.name(), String.valueOf(rows), span.toString());
        return rows;
    }

    private Span within(Span span) {
        return new Span(from == null ? span.from() : from.time(), until == null ? span.until() : until.time());
    }
}
