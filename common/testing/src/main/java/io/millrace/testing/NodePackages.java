package io.millrace.testing;

import io.millrace.local.NodeProgram;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** Programs for Node.js with the packages that they name. */
public final class NodePackages {

    private NodePackages() {}

    /**
     * Copies the files of some folders into one, and installs the packages that its {@code package.json} names, unless they
     * are there from a test before.
     *
     * @throws IOException if npm fails; the message holds what it said
     */
    public static void install(Path folder, Path... sources) throws IOException {
        Files.createDirectories(folder);
        for (Path source : sources) {
            copy(source, folder);
        }
        try {
            new NodeProgram(folder).installPackages();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while npm installed the packages of " + folder);
        }
    }

    private static void copy(Path source, Path folder) throws IOException {
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
