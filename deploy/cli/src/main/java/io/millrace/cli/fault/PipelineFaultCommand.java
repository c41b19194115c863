package io.millrace.cli.fault;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Terminal;
import io.millrace.cli.TextTable;
import io.millrace.cli.Workspace;
import io.millrace.cli.pipeline.PipelineLock;
import io.millrace.cli.pipeline.PipelineOptions;
import io.millrace.cli.pipeline.PipelineServers;
import io.millrace.cli.server.StartProgress;
import io.millrace.local.DataFolder;
import io.millrace.local.LocalServers;
import io.millrace.local.Ports;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code millrace fault}, of one pipeline. */
abstract class PipelineFaultCommand extends MillraceCommand {

    private final Workspace workspace;

    @Parameters(paramLabel = "FAULT", arity = "0..*", description = "What to break, or all.")
    private List<String> names = List.of();

    @Option(
            names = "--control",
            description =
                    "After the fault, make the job forget where it was, or what it reads lose something. The comparison must then"
                            + " say so: it shows that the comparison can fail.")
    private boolean control;

    @Mixin
    private final PipelineOptions options = new PipelineOptions();

    PipelineFaultCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Returns what can be played. */
    abstract FaultList faults();

    /** Plays a fault on servers that run and hold nothing, and returns whether the outcome is the one that it must be. */
    abstract boolean play(Fault fault, PipelineServers servers, Leftovers leftovers, long seed, boolean controlled)
            throws Exception;

    /** Tells whether something is to go wrong that the comparison has to find. */
    boolean isControl() {
        return control;
    }

    Workspace workspace() {
        return workspace;
    }

    @Override
    public Integer call() throws Exception {
        if (names.isEmpty()) {
            list();
            return 0;
        }
        List<String> unknown = new ArrayList<>();
        List<Fault> faults = faults().named(names, unknown);
        if (!unknown.isEmpty()) {
            throw wrong("there is no fault " + String.join(", ", unknown) + "; there are "
                    + String.join(", ", faults().names()) + ", and all");
        }
        try (PipelineLock lock = PipelineLock.take(workspace.runs().resolve("fault.lock"))) {
            return play(faults, options.ports());
        }
    }

    private void list() {
        TextTable table = new TextTable("FAULT", "WHAT HAPPENS");
        faults().faults().forEach(fault -> table.row(fault.name(), fault.does()));
        table.print(out());
    }

    private int play(List<Fault> faults, Ports ports) throws Exception {
        PipelineServers servers = new PipelineServers(
                LocalServers.in(new DataFolder(workspace.runs().resolve("fault"))));
        Leftovers leftovers = new Leftovers();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> clear(servers, leftovers), "fault-stop"));
        List<String> wrong = new ArrayList<>();
        for (Fault fault : faults) {
            long chosen = options.seed();
            out().println(fault.name() + ": " + fault.does() + " (seed " + chosen + ")");
            try {
                servers.start(ports, new StartProgress(out(), Terminal.isInteractive()));
                boolean right = play(fault, servers, leftovers, chosen, isControl());
                out().println(outcome(fault, right));
                if (!right) {
                    wrong.add(fault.name());
                }
            } catch (CommandFailure | SQLException | IOException e) {
                out().println(fault.name() + ": FAILED, it could not be played: " + e.getMessage());
                wrong.add(fault.name());
            } finally {
                clear(servers, leftovers);
            }
        }
        return wrong.isEmpty() ? 0 : 1;
    }

    private String outcome(Fault fault, boolean right) {
        if (isControl()) {
            return fault.name() + ": "
                    + (right
                            ? "the control holds, the comparison found what went wrong"
                            : "FAILED, the comparison did not find what went wrong");
        }
        return fault.name() + ": " + (right ? "survived; " + fault.holds() : "FAILED, something differs");
    }

    private static void clear(PipelineServers servers, Leftovers leftovers) {
        try {
            servers.stop();
            leftovers.undo();
        } catch (Exception e) {
            throw new IllegalStateException("what the fault left behind could not be cleared away", e);
        }
    }

    /** Returns what is said of a command line that is wrong. */
    ParameterException wrong(String message) {
        return new ParameterException(spec().commandLine(), message);
    }
}
