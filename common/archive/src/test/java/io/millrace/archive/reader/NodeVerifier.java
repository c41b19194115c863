package io.millrace.archive.reader;

import io.millrace.testing.NodePackages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The second verifier, run by Node.js with the packages that it names. */
final class NodeVerifier {

    private static final Path SHIPPED = Path.of("..", "..", "docs", "examples", "audit-verifier");
    private static final Path FOLDER = Path.of("target", "audit-verifier");
    private static final long PATIENCE_SECONDS = 120;

    private NodeVerifier() {}

    /** What it said, and whether it found nothing wrong. */
    record Verdict(int exitCode, String said) {}

    /** Copies it and installs its packages, unless they are there from a test before. */
    static void install() throws IOException {
        NodePackages.install(FOLDER, SHIPPED);
    }

    static Verdict verify(Path archive, Path keys, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", "verify.js"));
        command.add(archive.toAbsolutePath().toString());
        command.add(keys.toAbsolutePath().toString());
        command.addAll(List.of(more));
        return run(command);
    }

    private static Verdict run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " does not end: " + said);
        }
        return new Verdict(process.exitValue(), said);
    }
}
