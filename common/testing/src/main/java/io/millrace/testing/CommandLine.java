package io.millrace.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Runs a command to its end. */
public final class CommandLine {

    private CommandLine() {}

    /**
     * Returns all that a command said, on either stream.
     *
     * @param name what the command is called in the error, as its line may be long
     * @throws IllegalStateException if it fails; the message holds what it said
     */
    public static String run(String name, ProcessBuilder command) {
        try {
            Process process = command.redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(name + " failed:\n" + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
