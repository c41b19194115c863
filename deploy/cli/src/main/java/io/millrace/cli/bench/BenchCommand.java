package io.millrace.cli.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace bench}. */
@Command(
        name = "bench",
        description = "Measures a pipeline side by side with its peers and with the machine's own limit.",
        subcommands = {CdcBenchCommand.class, AnalyticsBenchCommand.class, AuditBenchCommand.class})
public final class BenchCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a pipeline is missing: cdc, analytics or audit");
    }
}
