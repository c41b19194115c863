package io.millrace.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.stream.Stream;

/** Programs for Node.js with the packages that they name. */
public final class NodePackages {

    private static final String NAMED = "package.json";

    private NodePackages() {}

    /**
     * Copies the files of some folders into one, and installs the packages that its {@code package.json} names, unless they
     * are there from a test before.
     *
     * @throws IllegalStateException if npm fails; the message holds what it said
     */
    public static void install(Path folder, Path... sources) throws IOException {
        Files.createDirectories(folder);
        for (Path source : sources) {
            copy(source, folder);
        }
        Path installed = folder.resolve("installed.json");
        byte[] wanted = Files.readAllBytes(folder.resolve(NAMED));
        if (!Files.exists(installed) || !Arrays.equals(Files.readAllBytes(installed), wanted)) {
            CommandLine.run("npm install in " + folder, npm().directory(folder.toFile()));
            Files.write(installed, wanted);
        }
    }

    private static void copy(Path source, Path folder) throws IOException {
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static ProcessBuilder npm() {
        return new ProcessBuilder(
                "npm",
                "install",
                "--no-package-lock",
                "--prefer-offline",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--loglevel=error");
    }
}
