package io.millrace.cli.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.TextTable;
import io.millrace.cli.Workspace;
import io.millrace.local.Server;
import io.millrace.local.ServerStatus;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace status}. */
@Command(
        name = "status",
        description = {
            "Says which servers run here, where they answer, and where they log.",
            "",
            "With --json: {\"running\": true if any process runs, \"runs\": [{\"name\", \"data\", \"running\", \"addresses\":"
                    + " {server: address}, \"processes\": [{\"server\", \"process\", \"running\", \"pid\", \"since\","
                    + " \"address\", \"ports\": {name: number}, \"data\", \"log\"}]}]}. Of a process that does not run, pid"
                    + " and since are null. Fields are only ever added."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  millrace status", "  millrace status --json"})
public final class StatusCommand extends MillraceCommand {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Workspace workspace;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    StatusCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        List<LocalRun> runs = LocalRun.all(workspace.runs());
        if (json) {
            out().println(JSON.writeValueAsString(object(runs)));
        } else if (runs.isEmpty()) {
            out().println("nothing was started here; `millrace up` starts the servers");
        } else {
            runs.forEach(this::print);
        }
        return 0;
    }

    private void print(LocalRun run) {
        out().println(run.name() + " in " + run.servers().data().root());
        TextTable table = new TextTable("PROCESS", "STATE", "PID", "SINCE", "ADDRESS", "LOG");
        for (ServerStatus status : run.servers().status()) {
            table.row(
                    status.process(),
                    status.running() ? "running" : "stopped",
                    text(status.pid()),
                    since(status.since()),
                    status.running() ? status.address() : "-",
                    run.servers().data().root().relativize(status.log()).toString());
        }
        table.print(out());
    }

    private static String text(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }

    private static String since(@Nullable Instant instant) {
        return instant == null ? "-" : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static Map<String, Object> object(List<LocalRun> runs) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("running", runs.stream().anyMatch(run -> !run.running().isEmpty()));
        object.put("runs", runs.stream().map(StatusCommand::object).toList());
        return object;
    }

    private static Map<String, Object> object(LocalRun run) {
        Map<String, String> addresses = new LinkedHashMap<>();
        for (Server server : Server.values()) {
            addresses.put(server.label(), LocalRun.address(run.servers().addresses(), server));
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", run.name());
        object.put("data", run.servers().data().root().toString());
        object.put("running", !run.running().isEmpty());
        object.put("addresses", addresses);
        object.put(
                "processes",
                run.servers().status().stream().map(StatusCommand::object).toList());
        return object;
    }

    private static Map<String, Object> object(ServerStatus status) {
        Instant since = status.since();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("server", status.server().label());
        object.put("process", status.process());
        object.put("running", status.running());
        object.put("pid", status.pid());
        object.put("since", since == null ? null : since.toString());
        object.put("address", status.address());
        object.put("ports", new TreeMap<>(status.ports()));
        object.put("data", Objects.toString(status.data()));
        object.put("log", Objects.toString(status.log()));
        return object;
    }
}
