package io.millrace.cli.pipeline;

import io.millrace.local.Ports;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command asks for that plays the shop's pipeline on servers of its own. */
public final class PipelineOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What the shop's clients try, and all else that is left to chance. Default: a random one,"
                    + " printed.")
    private @Nullable Long seed;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "${env:MILLRACE_PORT_OFFSET:-0}",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "Moves every port up by N. Default: MILLRACE_PORT_OFFSET of the environment, else 0.")
    private int portOffset;

    /** Returns the seed that was asked for, or another one each time. */
    public long seed() {
        return Objects.requireNonNullElseGet(
                seed, () -> ThreadLocalRandom.current().nextLong(1, 1_000_000));
    }

    /**
     * Returns where the servers listen.
     *
     * @throws ParameterException if that is no range of ports
     */
    public Ports ports() {
        try {
            return Ports.standard(portOffset);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
