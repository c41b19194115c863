package io.millrace.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A command to run.
 *
 * @param name for people and file names
 * @param command the program and its arguments
 * @param environment added to that of this process
 * @param folder the working directory; created when missing
 * @param log where its output goes, appended
 */
public record Launch(String name, List<String> command, Map<String, String> environment, Path folder, Path log) {

    /** Returns the same command with another environment. */
    public Launch withEnvironment(Map<String, String> other) {
        return new Launch(name, command, other, folder, log);
    }

    /** Returns another command of the same name, environment, folder and log. */
    public Launch withCommand(List<String> other) {
        return new Launch(name, other, environment, folder, log);
    }
}
