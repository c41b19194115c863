package io.millrace.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One process of this machine. A pid alone is given to another process after a while; with the mark of its start it
 * means one process for as long as the machine is up.
 *
 * @param pid the process id
 * @param mark when the process started, as the system tells it: clock ticks since the machine's own start on Linux
 */
public record ProcessIdentity(long pid, String mark) {

    private static final Path PROC = Path.of("/proc");
    private static final int STATE = 0;
    private static final int START_TICKS = 19;
    private static final Duration PAUSE = Duration.ofMillis(25);

    /** Returns the identity of the process that has the pid now; empty if there is none, or only its remains. */
    public static Optional<ProcessIdentity> of(long pid) {
        if (Files.isDirectory(PROC.resolve("self"))) {
            return ofProc(pid);
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(handle -> new ProcessIdentity(
                        pid,
                        Long.toString(handle.info()
                                .startInstant()
                                .map(Instant::toEpochMilli)
                                .orElse(0L))));
    }

    private static Optional<ProcessIdentity> ofProc(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
            // the name before the last bracket may hold anything, spaces and brackets too
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", -1);
            boolean remains = fields[STATE].equals("X") || (fields[STATE].equals("Z") && !hasThreads(pid));
            return remains ? Optional.empty() : Optional.of(new ProcessIdentity(pid, fields[START_TICKS]));
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** A process whose first thread is gone holds its files and ports until the others are gone too. */
    private static boolean hasThreads(long pid) throws IOException {
        try (Stream<Path> threads = Files.list(PROC.resolve(Long.toString(pid)).resolve("task"))) {
            return threads.count() > 1;
        }
    }

    /** Returns whether the process still runs; a zombie does not. */
    public boolean alive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /** Sends a signal, if the process still runs. */
    public void signal(Signal signal) {
        if (alive()) {
            send(signal, List.of(pid));
        }
    }

    /** Sends a signal to the process and everything below it, if it still runs. */
    public void signalTree(Signal signal) {
        if (alive()) {
            send(signal, tree());
        }
    }

    /**
     * Waits until the process has ended.
     *
     * @return whether it ended in time
     */
    public boolean awaitEnd(Duration deadline) throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        while (alive()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(PAUSE.toMillis());
        }
        return true;
    }

    /** Returns the pid and those of all descendants at this moment. */
    List<Long> tree() {
        List<Long> pids = new ArrayList<>();
        pids.add(pid);
        ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid)
                .forEach(pids::add);
        return pids;
    }

    /** Sends a signal to each pid that exists. */
    static void send(Signal signal, List<Long> pids) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "kill -s \"$0\" \"$@\"", signal.name()));
        pids.forEach(pid -> command.add(Long.toString(pid)));
        try {
            Process kill = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("The signal " + signal + " could not be sent to " + pids, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
