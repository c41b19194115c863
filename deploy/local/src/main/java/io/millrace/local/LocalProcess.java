package io.millrace.local;

import io.millrace.local.process.Launcher;
import io.millrace.local.process.Log;
import io.millrace.local.process.ProcessIdentity;
import io.millrace.local.process.RunFiles;
import io.millrace.local.process.Signal;
import io.millrace.local.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One process of a server, which can be stopped, killed, frozen and started again while the others go on: that is how
 * faults are made.
 */
public final class LocalProcess {

    private static final Duration START_DEADLINE = Duration.ofMinutes(3);
    private static final Duration KILL_DEADLINE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final DataFolder data;
    private final Ports ports;
    private final ServerProcess process;
    private final RunFiles runFiles;

    LocalProcess(DataFolder data, Ports ports, ServerProcess process) {
        this.data = data;
        this.ports = ports;
        this.process = process;
        this.runFiles = new RunFiles(data);
    }

    /** Returns the process' name, such as {@code flink-taskmanager-1}. */
    public String name() {
        return process.name();
    }

    /** Returns the server it belongs to. */
    public Server server() {
        return process.server();
    }

    /** Returns whether it runs; a frozen one does. */
    public boolean running() {
        return runFiles.readRunning(name()).isPresent();
    }

    /** Returns its process id; empty if it does not run. */
    public Optional<Long> pid() {
        return runFiles.readRunning(name()).map(entry -> entry.identity().pid());
    }

    /** Starts it and returns when it answers. Does nothing if it runs. */
    public void start() {
        start(StartListener.SILENT);
    }

    /**
     * Starts it and returns when it answers. Does nothing if it runs.
     *
     * @throws LocalServerException if it ends, or does not answer in time; the message holds the end of its log
     */
    public void start(StartListener listener) {
        if (running()) {
            return;
        }
        long begin = System.nanoTime();
        listener.starting(name());
        try {
            process.prepare(listener);
            Log log = new Log(data.log(name()));
            long logFrom = log.size();
            ProcessIdentity identity = new Launcher(data).start(process.launch());
            runFiles.write(name(), identity, portNumbers());
            awaitAnswer(identity, log, logFrom);
        } catch (IOException e) {
            throw new LocalServerException(name() + " could not be started: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalServerException("The start of " + name() + " was interrupted", e);
        }
        listener.ready(name(), Duration.ofNanos(System.nanoTime() - begin));
    }

    private void awaitAnswer(ProcessIdentity identity, Log log, long logFrom) throws InterruptedException {
        long end = System.nanoTime() + START_DEADLINE.toNanos();
        String last = "it said no";
        while (System.nanoTime() < end) {
            if (!identity.alive()) {
                throw new LocalServerException(name() + " ended while it was starting. " + log.tail(logFrom));
            }
            try {
                if (process.answers()) {
                    return;
                }
            } catch (IOException e) {
                last = e.toString();
            }
            Thread.sleep(PAUSE.toMillis());
        }
        throw new LocalServerException(name() + " did not answer within " + START_DEADLINE.toSeconds() + " s (" + last
                + "). " + log.tail(logFrom));
    }

    /** Ends it in good order, and by force if it takes too long. Does nothing if it does not run. */
    public void stop() {
        end(identity -> {
            identity.signalTree(Signal.CONT);
            identity.signal(process.stopSignal());
            return process.stopDeadline();
        });
    }

    /** Ends it at once, as {@code kill -9} does, with everything below it. */
    public void kill() {
        end(identity -> Duration.ZERO);
    }

    /** Stops its clock: it neither answers nor closes a connection until it is thawed. */
    public void freeze() {
        signalRunning(Signal.STOP);
    }

    /** Lets a frozen process go on. */
    public void thaw() {
        signalRunning(Signal.CONT);
    }

    ServerStatus status() {
        Optional<RunFiles.Entry> entry = runFiles.readRunning(name());
        return new ServerStatus(
                server(),
                name(),
                entry.isPresent(),
                entry.map(running -> running.identity().pid()).orElse(null),
                entry.map(RunFiles.Entry::since).orElse(null),
                new Addresses(ports).of(server()).toString(),
                portNumbers(),
                data.of(server()),
                data.log(name()));
    }

    private void end(Function<ProcessIdentity, Duration> first) {
        Optional<RunFiles.Entry> entry = runFiles.readRunning(name());
        try {
            if (entry.isPresent()) {
                ProcessIdentity identity = entry.get().identity();
                Duration patience = first.apply(identity);
                if (patience.isZero() || !identity.awaitEnd(patience)) {
                    identity.signalTree(Signal.KILL);
                }
                if (!identity.awaitEnd(KILL_DEADLINE)) {
                    throw new LocalServerException(name() + " (pid " + identity.pid() + ") still runs "
                            + KILL_DEADLINE.toSeconds() + " s after kill -9; the system holds it");
                }
            }
            runFiles.remove(name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalServerException("The stop of " + name() + " was interrupted", e);
        }
    }

    private void signalRunning(Signal signal) {
        runFiles.readRunning(name())
                .orElseThrow(() -> new LocalServerException(name() + " does not run; start it first"))
                .identity()
                .signalTree(signal);
    }

    private Map<String, Integer> portNumbers() {
        return process.ports().stream().collect(Collectors.toMap(Port::label, ports::get));
    }
}
