package io.millrace.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A program that prepares, says {@code ready}, waits for {@code go}, and then says {@code progress N} as often as it
 * likes. What it says on standard error goes to a file.
 */
public final class ChildProcess implements AutoCloseable {

    private static final Duration READY = Duration.ofMinutes(10);
    private static final Duration END = Duration.ofSeconds(20);

    private final Process process;
    private final Path log;
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile long progress;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        Thread reader = new Thread(this::listen, "child-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a program and returns when it is ready. */
    public static ChildProcess start(Program program, Path log) throws IOException, InterruptedException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        Process process = new ProcessBuilder(program.command())
                .redirectError(log.toFile())
                .start();
        ChildProcess child = new ChildProcess(process, log);
        if (!child.ready.await(READY.toSeconds(), TimeUnit.SECONDS) || !process.isAlive()) {
            child.close();
            throw new IOException(program.name() + " was not ready: " + child.lastWords());
        }
        return child;
    }

    /** Lets it begin. */
    public void go() throws IOException {
        OutputStream in = process.getOutputStream();
        in.write("go\n".getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns how many records it says it has done. */
    public long progress() {
        return progress;
    }

    /** Returns the end of what it said on standard error. */
    public String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(" / ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException e) {
            return "nothing is known of it";
        }
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("ready")) {
                    ready.countDown();
                } else if (line.startsWith("progress ")) {
                    // its threads may speak in any order
                    progress = Math.max(progress, Long.parseLong(line.substring("progress ".length())));
                }
            }
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        } finally {
            ready.countDown();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("process " + process.pid() + " still runs after kill -9");
        }
    }
}
