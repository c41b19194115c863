package io.millrace.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command that does something shares. */
@Command
public abstract class MillraceCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** Where results go; messages about the work go to {@link #err()}. */
    protected PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where progress and warnings go. */
    protected PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** What picocli knows about this command. */
    protected CommandSpec spec() {
        return spec;
    }
}
