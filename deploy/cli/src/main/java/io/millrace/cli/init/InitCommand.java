package io.millrace.cli.init;

import io.millrace.cli.Bytes;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.PostgresLogin;
import io.millrace.cli.PostgresUrls;
import io.millrace.cli.TextTable;
import io.millrace.cli.Workspace;
import io.millrace.cli.init.Targets.Chosen;
import io.millrace.cli.job.JobProgram;
import io.millrace.local.Addresses;
import io.millrace.local.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace init}. */
@Command(
        name = "init",
        description = {
            "Looks at your own database, says what stands in the way of capturing it and how to mend that, and writes a"
                    + " first configuration: the topics, a job from Postgres to them, and a job from them to"
                    + " Elasticsearch, Redis and ClickHouse.",
            "",
            "Nothing is changed in the database. The environment gives PGUSER and PGPASSWORD; the password is in no file:"
                    + " the configuration takes it from the same variable when it is submitted.",
            "",
            "Exits with 1 while something stands in the way of every table."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  PGUSER=app PGPASSWORD=… millrace init --postgres postgresql://db.example.com/shop",
            "  PGUSER=app millrace init --postgres postgresql://localhost/shop --schema sales --into shop --redis none"
        })
public final class InitCommand extends MillraceCommand {
    private static final String CHECK = "io.millrace.cdc.DatabaseCheck";
    private static final String END = "{\"found\":\"all\"";
    private static final String OVERFLOW = "file:///tmp/millrace-dead-letters";

    private final Workspace workspace;

    @Option(
            names = "--postgres",
            required = true,
            paramLabel = "URL",
            description = "The database, as postgresql://HOST:PORT/DATABASE or as a JDBC URL.")
    @SuppressWarnings("NullAway.Init")
    private String postgres;

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            description = "Only tables of this schema. May be repeated; default: every schema of people's.")
    private final List<String> schemas = new ArrayList<>();

    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            description = "Where the files are written. Default: a folder of the database's name here.")
    private @Nullable Path folder;

    @Option(names = "--force", description = "Overwrite files that are there.")
    private boolean force;

    @Mixin
    private final Targets targets = new Targets();

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "${env:MILLRACE_PORT_OFFSET:-0}",
            description = "As for `millrace up`: where the servers on this machine are (default: 0).")
    private int portOffset;

    InitCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        Database database = new Database(PostgresUrls.jdbc(postgres), PostgresLogin.of(workspace));
        Path into = folder == null ? Path.of(Drafts.plain(database.name())) : folder;
        List<Table> tables = tables(database);
        Chosen chosen = targets.or(new Addresses(Ports.standard(portOffset)));
        Drafts drafts = new Drafts(database, chosen, Drafts.plain(database.name()), OVERFLOW);
        Findings findings = Findings.in(JobProgram.run(workspace, "cdc", CHECK, drafts.capture(tables), END), tables);
        List<Table> free = tables.stream()
                .filter(table -> !findings.tables().containsKey(table.fullName()))
                .toList();
        tell(findings, free);
        if (free.isEmpty()) {
            throw new CommandFailure("no table of " + database.shown() + " can be captured yet; nothing was written");
        }
        write(into, drafts, free);
        next(into, chosen);
        return findings.general().isEmpty() ? 0 : 1;
    }

    private List<Table> tables(Database database) throws IOException, SQLException {
        List<Table> all = database.tables();
        List<Table> tables = all.stream()
                .filter(table -> schemas.isEmpty() || schemas.contains(table.schema()))
                .toList();
        long bytes = tables.stream().mapToLong(Table::bytes).sum();
        out().println("looked at " + database.shown() + " as " + database.user() + ": " + tables.size() + " table(s), "
                + Bytes.text(bytes));
        if (tables.isEmpty()) {
            throw new CommandFailure(
                    schemas.isEmpty()
                            ? "the database has no table; create one, or name another database"
                            : "there is no table in " + String.join(", ", schemas) + "; the schemas with tables are "
                                    + all.stream().map(Table::schema).distinct().toList());
        }
        return tables;
    }

    private void tell(Findings findings, List<Table> free) {
        tell("In the way of every table", findings.general());
        List<String> leftOut = new ArrayList<>();
        findings.tables().forEach((table, problems) -> problems.forEach(problem -> leftOut.add(table + " " + problem)));
        tell("Left out", leftOut);
        tell("Good to know", findings.notes());
        if (!free.isEmpty()) {
            out().println();
            TextTable routed = new TextTable("ROUTED", "KEY", "ROWS, ABOUT", "SIZE");
            free.forEach(table -> routed.row(
                    table.fullName(),
                    String.join(", ", table.key()),
                    Long.toString(table.rows()),
                    Bytes.text(table.bytes())));
            routed.print(out());
        }
    }

    private void tell(String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            out().println();
            out().println(heading + ":");
            lines.forEach(line -> out().println("  " + line));
        }
    }

    private void write(Path into, Drafts drafts, List<Table> free) throws IOException {
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(into.resolve("topics.yaml"), drafts.topics(free));
        files.put(into.resolve("cdc-capture.yaml"), drafts.capture(free));
        files.put(into.resolve("cdc-sync.yaml"), drafts.sync(free));
        List<Path> there = files.keySet().stream().filter(Files::exists).toList();
        if (!there.isEmpty() && !force) {
            throw new CommandFailure(
                    there + " is there already; name another folder with --into, or overwrite with" + " --force");
        }
        Files.createDirectories(into);
        out().println();
        for (Map.Entry<Path, String> file : files.entrySet()) {
            Files.writeString(file.getKey(), file.getValue());
            out().println("wrote " + file.getKey());
        }
    }

    private void next(Path into, Chosen chosen) {
        out().println();
        out().println("Next:");
        out().println("  ./millrace topics apply --file " + into.resolve("topics.yaml")
                + (targets.isKafkaNamed() ? " --bootstrap-servers " + chosen.kafka() : ""));
        out().println("  ./millrace submit cdc --config " + into.resolve("cdc-capture.yaml"));
        out().println("  ./millrace submit cdc --config " + into.resolve("cdc-sync.yaml"));
    }
}
