package io.millrace.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A program for Node.js.
 *
 * @param folder that holds it, with the {@code package.json} that names its packages
 */
public record NodeProgram(Path folder) {

    private static final List<String> INSTALL = List.of(
            "npm",
            "install",
            "--no-package-lock",
            "--prefer-offline",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error");

    /**
     * Installs its packages, unless those that it names now are there already.
     *
     * @throws IOException if npm fails; the message holds what it said
     */
    public void installPackages() throws IOException, InterruptedException {
        Path installed = folder.resolve("installed.json");
        byte[] wanted = Files.readAllBytes(folder.resolve("package.json"));
        if (Files.exists(installed) && Arrays.equals(Files.readAllBytes(installed), wanted)) {
            return;
        }
        Process npm = begin();
        npm.getOutputStream().close();
        String said = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (npm.waitFor() != 0) {
            throw new IOException("npm could not install the packages of " + folder
                    + "; see whether its registry is reached. It said:\n" + said);
        }
        Files.write(installed, wanted);
    }

    private Process begin() throws IOException {
        try {
            return new ProcessBuilder(INSTALL)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new IOException(
                    "the packages of " + folder + " are installed by npm, which could not be started: install Node.js"
                            + " 20 or newer",
                    e);
        }
    }
}
