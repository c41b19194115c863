package io.millrace.cli.server;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Terminal;
import io.millrace.cli.TextTable;
import io.millrace.cli.Workspace;
import io.millrace.cli.migration.Migrations;
import io.millrace.cli.topic.Topics;
import io.millrace.local.LocalServers;
import io.millrace.local.Ports;
import io.millrace.local.Server;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code millrace up}. */
@Command(
        name = "up",
        description = {
            "Starts the real servers on this machine: Kafka, Postgres, Redis, Elasticsearch, ClickHouse, and a Flink cluster.",
            "",
            "They listen on loopback only, on their standard ports, keep their data in .millrace/local, and go on when"
                    + " this command ends. Topics are created and migrations applied. What runs already is left alone."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  millrace up", "  millrace up --only kafka,postgres", "  millrace up --port-offset 1000"})
public final class UpCommand extends MillraceCommand {
    private final Workspace workspace;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "SERVER",
            description = "Start only these, separated by commas: ${COMPLETION-CANDIDATES}.")
    private @Nullable List<Server> only;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "${env:MILLRACE_PORT_OFFSET:-" + Option.NULL_VALUE + "}",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "Moves every port up by N, the inner ones too. Default: that of the servers that run, else"
                    + " MILLRACE_PORT_OFFSET of the environment, else 0.")
    private @Nullable Integer portOffset;

    UpCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        LocalRun run = LocalRun.named(workspace.runs(), LocalRun.UP);
        Set<Server> wanted = only == null ? EnumSet.allOf(Server.class) : EnumSet.copyOf(only);
        requireBuilt(wanted);
        start(run, wanted);
        if (wanted.contains(Server.KAFKA)) {
            String kafka = run.servers().addresses().kafkaBootstrap();
            out().printf("topics: %d change(s)%n", Topics.applyLocally(workspace, kafka, Map.of()));
        }
        migrate(run, wanted);
        printAddresses(run);
        return 0;
    }

    private void start(LocalRun run, Set<Server> wanted) {
        LocalServers servers = run.servers();
        Ports ports = ports(run);
        boolean first = run.running().isEmpty();
        Thread undo = new Thread(servers::stop, "stop what was started");
        if (first) {
            Runtime.getRuntime().addShutdownHook(undo);
        }
        long begin = System.nanoTime();
        out().println("starting in " + servers.data().root());
        servers.start(wanted, ports, new StartProgress(out(), Terminal.isInteractive()));
        out().println("up after " + StartProgress.seconds(Duration.ofNanos(System.nanoTime() - begin)));
        if (first) {
            Runtime.getRuntime().removeShutdownHook(undo);
        }
    }

    private Ports ports(LocalRun run) {
        if (portOffset == null) {
            return run.running().isEmpty() ? Ports.standard() : run.servers().ports();
        }
        try {
            return Ports.standard(portOffset);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec().commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static void requireBuilt(Set<Server> wanted) {
        List<String> unbuilt = LocalServers.unbuilt(wanted);
        if (!unbuilt.isEmpty()) {
            throw new CommandFailure(
                    "the class paths of some servers are not built; run `mvn -B -q package -DskipTests -pl "
                            + String.join(",", unbuilt) + " -am`");
        }
    }

    private void migrate(LocalRun run, Set<Server> wanted) throws IOException, SQLException {
        Migrations migrations = new Migrations(workspace, out());
        if (wanted.contains(Server.POSTGRES)) {
            migrations.localPostgres(run.servers().addresses().postgresUrl());
        }
        if (wanted.contains(Server.CLICKHOUSE)) {
            migrations.localClickhouse(run.servers().addresses().clickhouseUrl());
        }
    }

    private void printAddresses(LocalRun run) {
        TextTable table = new TextTable("SERVER", "ADDRESS");
        for (Server server : Server.values()) {
            if (run.runs(server)) {
                table.row(server.label(), LocalRun.address(run.servers().addresses(), server));
            }
        }
        out().println();
        table.print(out());
    }
}
