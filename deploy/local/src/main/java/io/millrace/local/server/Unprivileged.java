package io.millrace.local.server;

import io.millrace.local.LocalServerException;
import io.millrace.local.process.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets root start a program that refuses to run as root: in a user namespace of its own it is nobody, while the files it
 * may open stay those of root.
 */
final class Unprivileged {

    private static final List<String> NAMESPACE = List.of("unshare", "-U");

    private Unprivileged() {}

    /** Returns the command as it is, or wrapped if this process runs as root. */
    static List<String> command(List<String> command) {
        if (!isRoot()) {
            return command;
        }
        if (!Launcher.has("unshare") || !succeeds(NAMESPACE, "true")) {
            throw new LocalServerException(
                    "Postgres refuses to run as root, and this machine does not let root start it"
                            + " in a user namespace (`unshare -U true` fails); run Millrace as another user");
        }
        List<String> wrapped = new ArrayList<>(NAMESPACE);
        wrapped.addAll(command);
        return wrapped;
    }

    private static boolean isRoot() {
        try {
            return Files.exists(Path.of("/proc/self"))
                    ? Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)
                    : System.getProperty("user.name").equals("root");
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean succeeds(List<String> prefix, String program) {
        List<String> command = new ArrayList<>(prefix);
        command.add(program);
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
