package io.millrace.cli;

import io.millrace.local.LocalServerException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in plain lines what went wrong; the stack trace is for {@code --debug}. */
final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler {

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("millrace: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        err.printf("See `%s --help`.%n", command.getCommandSpec().qualifiedName());
        err.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println("millrace: " + describe(e));
        if (debug(command)) {
            e.printStackTrace(err);
        } else if (!explained(e)) {
            err.println("Run it again with --debug for the stack trace.");
        }
        err.flush();
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** Whether the message was written for the user. */
    private static boolean explained(Throwable e) {
        return e instanceof CommandFailure || e instanceof LocalServerException;
    }

    private static boolean debug(CommandLine command) {
        return command.getCommandSpec().root().userObject() instanceof Millrace root && root.debug();
    }

    /** The messages of the whole chain, each said once: the root cause is often the only useful one. */
    static String describe(Throwable e) {
        if (explained(e)) {
            return String.valueOf(e.getMessage());
        }
        List<String> said = new ArrayList<>();
        for (Throwable cause = e; cause != null && said.size() < 5; cause = cause.getCause()) {
            String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            if (said.stream().noneMatch(earlier -> earlier.contains(message))) {
                said.add(message);
            }
        }
        return String.join(": ", said);
    }
}
