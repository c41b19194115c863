package io.millrace.cli;

import io.millrace.cli.audit.AuditCommand;
import io.millrace.cli.bench.BenchCommand;
import io.millrace.cli.deadletter.DeadLettersCommand;
import io.millrace.cli.demo.DemoCommand;
import io.millrace.cli.fault.FaultCommand;
import io.millrace.cli.init.InitCommand;
import io.millrace.cli.job.FlinkPassThroughCommand;
import io.millrace.cli.job.SavepointCommand;
import io.millrace.cli.job.SubmitCommand;
import io.millrace.cli.migration.MigrateCommand;
import io.millrace.cli.result.AnalyticsCommand;
import io.millrace.cli.server.DownCommand;
import io.millrace.cli.server.StatusCommand;
import io.millrace.cli.server.UpCommand;
import io.millrace.cli.slot.CdcCommand;
import io.millrace.cli.topic.TopicsCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line. */
@Command(
        name = "millrace",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        scope = ScopeType.INHERIT,
        usageHelpWidth = 100,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed, the reason is on standard error", "2:the command line is wrong"},
        description = "Carries a product's events to where they are used, with Apache Flink.",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            InitCommand.class,
            TopicsCommand.class,
            MigrateCommand.class,
            SubmitCommand.class,
            SavepointCommand.class,
            FlinkPassThroughCommand.class,
            CdcCommand.class,
            DeadLettersCommand.class,
            AnalyticsCommand.class,
            AuditCommand.class,
            DemoCommand.class,
            FaultCommand.class,
            BenchCommand.class,
            HelpCommand.class,
        })
public final class Millrace implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print a stack trace when the command fails.")
    private boolean debug;

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        CommandLine commandLine = of(Workspace.ofEnvironment(System.getenv()));
        commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        System.exit(commandLine.execute(arguments));
    }

    /** The command line over a workspace, ready to execute. */
    public static CommandLine of(Workspace workspace) {
        Errors errors = new Errors();
        CommandLine commandLine = new CommandLine(Millrace.class, new WorkspaceFactory(workspace));
        Objects.requireNonNull(commandLine.getSubcommands().get("flink"))
                .setStopAtPositional(true)
                .setUnmatchedOptionsArePositionalParams(true);
        return commandLine
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    boolean debug() {
        return debug;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
