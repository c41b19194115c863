package io.millrace.benchmarks.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Libraries of programs for Node.js. */
public final class NodePackages {

    private static final List<String> COMMAND =
            List.of("npm", "install", "--no-save", "--no-package-lock", "--no-audit", "--prefix");

    private static final ObjectMapper JSON = new ObjectMapper();

    private NodePackages() {}

    /**
     * Returns the version of a library that a program asks for.
     *
     * @param program its package.json
     */
    public static String wanted(Path program, String library) throws IOException {
        return JSON.readTree(program.toFile())
                .path("dependencies")
                .required(library)
                .asText();
    }

    /**
     * Fetches a library with npm, if it is not there in this version.
     *
     * @param library with its version, as {@code name@1.2.3}
     */
    public static void install(Path folder, String library) throws IOException, InterruptedException {
        int at = library.lastIndexOf('@');
        Path there =
                folder.resolve("node_modules").resolve(library.substring(0, at)).resolve("package.json");
        if (Files.exists(there)
                && JSON.readTree(there.toFile()).path("version").asText().equals(library.substring(at + 1))) {
            return;
        }
        List<String> command = new ArrayList<>(COMMAND);
        command.addAll(List.of(folder.toString(), library));
        Process npm = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (npm.waitFor() != 0) {
            throw new CommandFailure("npm could not install " + library + "; run `npm install --no-save --prefix "
                    + folder + " " + library + "` to see why");
        }
    }
}
