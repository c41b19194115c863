package io.millrace.benchmarks.audit;

import io.millrace.benchmarks.process.Program;
import java.util.ArrayList;
import java.util.List;

/**
 * A command that knows nothing of benchmarks, from its start to its end: a shell tells for it, and stays until its
 * processor time was read.
 *
 * @param words of the command
 * @param amount that it has done when it ends well
 */
record CommandProgram(String name, List<String> words, long amount, String describe) implements Program {

    private static final String SCRIPT = "echo ready; read go; \"$@\" >&2 || exit 1; echo progress %d; read end";

    @Override
    public List<String> command() {
        List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT.formatted(amount), name));
        command.addAll(words);
        return command;
    }
}
