package io.millrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.DataFolder;
import io.millrace.local.Port;
import io.millrace.local.Ports;
import io.millrace.local.ProjectRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The project as somebody has just checked it out and built it, with runs and ports of its own. Everything in it is
 * the real thing by a link, but for the script, which must take this folder for the project's root.
 */
final class Checkout implements AutoCloseable {

    private static final List<String> LINKED = List.of("pom.xml", "common", "jobs", "sql", "docs");
    private static final List<String> LINKED_OF_DEPLOY = List.of("local", "shop", "demo", "topics.yaml");
    private static final Duration PATIENCE = Duration.ofMinutes(18);

    private final Path root;
    private final int portOffset;

    /** What a command did. */
    record Run(int code, String out) {}

    private Checkout(Path root, int portOffset) {
        this.root = root;
        this.portOffset = portOffset;
    }

    static Checkout make(String name) throws IOException {
        Path project = ProjectRoot.find();
        Path root = Path.of("target", name).toAbsolutePath();
        DataFolder.deleteTree(root);
        Files.createDirectories(root.resolve("deploy/cli/target"));
        Files.copy(project.resolve("millrace"), root.resolve("millrace"));
        for (String linked : LINKED) {
            Files.createSymbolicLink(root.resolve(linked), project.resolve(linked));
        }
        for (String linked : LINKED_OF_DEPLOY) {
            Files.createSymbolicLink(
                    root.resolve("deploy").resolve(linked),
                    project.resolve("deploy").resolve(linked));
        }
        try (Stream<Path> built = Files.list(project.resolve("deploy/cli/target"))) {
            for (Path file : built.filter(Checkout::isPackaged).toList()) {
                Files.createSymbolicLink(root.resolve("deploy/cli/target").resolve(file.getFileName()), file);
            }
        }
        Files.createFile(root.resolve("deploy/cli/target/built"));
        return new Checkout(root, freeOffset());
    }

    private static boolean isPackaged(Path file) {
        return file.getFileName().toString().matches("lib|millrace-cli-.*\\.jar");
    }

    /** The ports are below those that other modules' servers choose among, which may not listen yet. */
    private static int freeOffset() {
        return new Random()
                .ints(3_000, 5_700)
                .filter(offset ->
                        Ports.standard(offset).taken(List.of(Port.values())).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    Path root() {
        return root;
    }

    int portOffset() {
        return portOffset;
    }

    /** Runs {@code ./millrace} with these arguments to its end. */
    Run millrace(String... arguments) throws IOException, InterruptedException {
        return millrace(Map.of(), arguments);
    }

    /** Does the same with these variables in the environment. */
    Run millrace(Map<String, String> variables, String... arguments) throws IOException, InterruptedException {
        Process process = start(variables, arguments);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out);
    }

    /** Starts {@code ./millrace}; whoever calls reads what it says. It is killed if it has not ended in time. */
    Process start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    private Process start(Map<String, String> variables, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of("./millrace"));
        line.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(root.toFile()).redirectErrorStream(true);
        builder.environment().put("MILLRACE_PORT_OFFSET", Integer.toString(portOffset));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MILLRACE_JAVA_OPTS", "-Dmillrace.servers.short-lived=true");
        builder.environment().putAll(variables);
        Process process = builder.start();
        process.getOutputStream().close();
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).exceptionally(late -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            return process.destroyForcibly();
        });
        return process;
    }

    /** Requires that {@code status} lists nothing as running, and that the machine runs nothing of this checkout. */
    void assertNothingRuns() throws IOException, InterruptedException {
        String status = millrace("status", "--json").out();
        assertThat(new ObjectMapper().readTree(status).path("running").asBoolean(true))
                .as(status)
                .isFalse();
        String data = root.resolve(".millrace").toString();
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            assertThat(all.map(ProcessHandle::info)
                            .flatMap(info -> info.commandLine().stream())
                            .filter(line -> line.contains(data)))
                    .isEmpty();
        }
    }

    /** Stops what still runs, and removes everything. */
    @Override
    public void close() throws IOException, InterruptedException {
        millrace("down", "--clean");
        DataFolder.deleteTree(root);
    }
}
