package io.millrace.cdc.proof;

import io.millrace.testing.NodePackages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A program of the documentation's example, or of a test, run by Node.js with the packages that the example names. */
final class NodeProcess implements AutoCloseable {

    private static final Path EXAMPLE = Path.of("..", "..", "docs", "examples", "notifications");
    private static final Path FOLDER = Path.of("target", "notifications-example");
    private static final Path OURS = Path.of("src", "test", "resources", "notifications");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private NodeProcess(Process process) {
        this.process = process;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Thread reader = new Thread(this::read, "output of node");
        reader.setDaemon(true);
        reader.start();
    }

    /** Copies the example and installs its packages, unless they are there from a test before. */
    static void install() throws IOException {
        NodePackages.install(FOLDER, EXAMPLE, OURS);
    }

    /** Starts a file of the example. */
    static NodeProcess start(String file, Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("node", file).directory(FOLDER.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new NodeProcess(builder.start());
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("the output ended: " + e.getMessage());
        }
    }

    /** Returns what it has printed. */
    List<String> lines() {
        return lines;
    }

    /** Waits until it has printed a line. */
    void await(String line) {
        await(() -> lines.contains(line), line);
    }

    /** Waits until it has printed as many lines. */
    void await(int count) {
        await(() -> lines.size() >= count, count + " lines");
    }

    private void await(Callable<Boolean> isThere, String what) {
        Awaitility.await(what + ", and not only " + lines).atMost(PATIENCE).until(isThere);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
