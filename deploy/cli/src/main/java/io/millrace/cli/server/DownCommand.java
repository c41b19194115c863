package io.millrace.cli.server;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Workspace;
import io.millrace.local.DataFolder;
import io.millrace.local.LocalServerException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace down}. */
@Command(
        name = "down",
        description = {
            "Stops every server that was started here, a demo's too, whoever started it and however that ended.",
            "",
            "The data stays, and the next `up` finds it."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  millrace down", "  millrace down --clean"})
public final class DownCommand extends MillraceCommand {
    private final Workspace workspace;

    @Option(names = "--clean", description = "Also remove the data of every run, .millrace.")
    private boolean clean;

    DownCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        List<LocalRun> runs = LocalRun.all(workspace.runs());
        List<String> problems = new ArrayList<>();
        for (LocalRun run : runs) {
            try {
                stop(run);
            } catch (LocalServerException e) {
                problems.add(run.name() + ": " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new CommandFailure(String.join(System.lineSeparator(), problems));
        }
        if (clean) {
            DataFolder.deleteTree(workspace.runs());
            out().println("removed " + workspace.runs());
        } else if (runs.isEmpty()) {
            out().println("nothing was started in " + workspace.runs());
        }
        return 0;
    }

    private void stop(LocalRun run) {
        int running = run.running().size();
        run.servers().stop();
        out().println(run.name() + ": stopped " + running + " process(es)");
        if (clean) {
            run.servers().clean();
        }
    }
}
