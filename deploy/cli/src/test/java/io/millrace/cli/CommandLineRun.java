package io.millrace.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import picocli.CommandLine;

/**
 * What a command printed and how it ended.
 *
 * @param code 0, 1 or 2
 * @param out standard output
 * @param err standard error
 */
public record CommandLineRun(int code, String out, String err) {

    /** Runs the command line in this process. */
    public static CommandLineRun of(Workspace workspace, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Millrace.of(workspace)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        int code = commandLine.execute(arguments);
        return new CommandLineRun(code, out.toString(), err.toString());
    }

    /** Runs the command line over the project's own files. */
    public static CommandLineRun ofProject(String... arguments) {
        return of(new Workspace(ProjectFolder.root(), Map.of()), arguments);
    }
}
