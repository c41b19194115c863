package io.millrace.local;

import io.millrace.local.process.ProcessIdentity;
import io.millrace.local.process.Signal;
import io.millrace.local.process.Strays;
import io.millrace.local.server.FlinkSettings;
import io.millrace.local.server.ServerClassPath;
import io.millrace.local.server.ServerProcess;
import io.millrace.local.server.ServerProcesses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The real servers of one data folder, each a process of its own that outlives this one. Everything there is to know is
 * in the data folder, so any process can stop what another one started.
 */
public final class LocalServers {

    /**
     * System property: if true, servers on Java are compiled once and lightly, as they end before an optimizing compiler
     * would have earned the processor's time that it takes from them.
     */
    public static final String SHORT_LIVED = "millrace.servers.short-lived";

    private static final Duration KILL_DEADLINE = Duration.ofSeconds(20);
    private static final long LOOK_MILLIS = 10;

    private final DataFolder data;

    private LocalServers(DataFolder data) {
        this.data = data;
    }

    /** Returns the servers of a data folder, which run or do not. */
    public static LocalServers in(DataFolder data) {
        return new LocalServers(data);
    }

    /** Returns the data folder. */
    public DataFolder data() {
        return data;
    }

    /** Returns the ports of the last start; the standard ones before the first. */
    public Ports ports() {
        return PortsFile.read(data);
    }

    /** Returns where the servers answer when they run. */
    public Addresses addresses() {
        return new Addresses(ports());
    }

    /**
     * Returns the Maven modules to build before these servers can start, relative to the project's root; empty if all
     * are built.
     */
    public static List<String> unbuilt(Collection<Server> servers) {
        return ServerClassPath.missing(servers);
    }

    /**
     * Starts the servers that do not run yet, all at once, and returns when each answers its own protocol. If one fails,
     * those that this call started are stopped again.
     *
     * @param servers which
     * @param ports where; must be those of the servers that run already, if any
     * @param listener is told how it goes, from several threads
     * @throws TakenPortsException if a port is taken; it names all of them, and nothing was started
     * @throws LocalServerException if a server cannot be started; the message holds the end of its log
     */
    public void start(Set<Server> servers, Ports ports, StartListener listener) {
        data.create();
        try (FolderLock lock = FolderLock.take(data)) {
            refuseOtherPorts(ports);
            List<ServerProcess> toStart = servers.stream()
                    .sorted()
                    .flatMap(server -> ServerProcesses.of(server, data, ports).stream())
                    .filter(process -> !local(process, ports).running())
                    .toList();
            refuseTaken(ports, toStart);
            PortsFile.write(data, ports);
            startAll(toStart.stream().map(process -> local(process, ports)).toList(), listener);
        }
    }

    /**
     * Stops Flink, which forgets its jobs, and starts it again with further settings. They hold for every process of it that
     * starts from then on, and for its client, until the data is removed.
     *
     * @param settings in the words of Flink's {@code config.yaml}
     * @throws LocalServerException if it cannot be started; the message holds the end of its log
     */
    public void restartFlink(Map<String, String> settings, StartListener listener) {
        Parallel.forEach(processesOf(true), LocalProcess::stop);
        FlinkSettings.write(data, settings);
        start(EnumSet.of(Server.FLINK), ports(), listener);
    }

    private static void startAll(List<LocalProcess> processes, StartListener listener) {
        try {
            Parallel.forEach(processes, process -> process.start(listener));
        } catch (RuntimeException e) {
            Parallel.forEach(processes, LocalProcess::stop);
            throw e;
        }
    }

    private void refuseOtherPorts(Ports ports) {
        Ports current = ports();
        if (!current.equals(ports) && processes().stream().anyMatch(LocalProcess::running)) {
            throw new LocalServerException("The servers of " + data.root() + " run already, on other ports (Kafka "
                    + current.get(Port.KAFKA) + ", not " + ports.get(Port.KAFKA)
                    + "); stop them first with `millrace down`");
        }
    }

    private static void refuseTaken(Ports ports, List<ServerProcess> processes) {
        List<Port> taken = ports.taken(
                processes.stream().flatMap(process -> process.ports().stream()).toList());
        if (!taken.isEmpty()) {
            throw new TakenPortsException(ports, taken);
        }
    }

    /**
     * Stops everything that runs in the data folder, whoever started it: Flink first, then what it reads and writes.
     * What does not end in good order in time is killed, and so is what no run file names.
     */
    public void stop() {
        Parallel.forEach(processesOf(true), LocalProcess::stop);
        Parallel.forEach(processesOf(false), LocalProcess::stop);
        killStrays();
    }

    private List<LocalProcess> processesOf(boolean flink) {
        return processes().stream()
                .filter(process -> (process.server() == Server.FLINK) == flink)
                .toList();
    }

    /** Looks until there are none: one may begin another while it is killed, and a dead starter's last one begins late. */
    private void killStrays() {
        long deadline = System.nanoTime() + KILL_DEADLINE.toNanos();
        try {
            List<ProcessIdentity> strays = Strays.of(data);
            while (!strays.isEmpty() || (Strays.mayBegin() && System.nanoTime() < deadline)) {
                for (ProcessIdentity stray : strays) {
                    kill(stray);
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                strays = Strays.of(data);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalServerException("Interrupted while stopping the local servers", e);
        }
    }

    private static void kill(ProcessIdentity stray) throws InterruptedException {
        stray.signalTree(Signal.KILL);
        if (!stray.awaitEnd(KILL_DEADLINE)) {
            throw new LocalServerException("The process " + stray.pid() + " still runs " + KILL_DEADLINE.toSeconds()
                    + " s after kill -9; the system holds it");
        }
    }

    /**
     * Removes the data of all servers.
     *
     * @throws LocalServerException if one still runs
     */
    public void clean() {
        List<String> running = processes().stream()
                .filter(LocalProcess::running)
                .map(LocalProcess::name)
                .toList();
        if (!running.isEmpty()) {
            throw new LocalServerException(String.join(", ", running) + " still run in " + data.root()
                    + "; stop them first with `millrace down`");
        }
        data.delete();
    }

    /** Returns every process of every server, whether it runs or not. */
    public List<LocalProcess> processes() {
        Ports ports = ports();
        List<LocalProcess> processes = new ArrayList<>();
        ServerProcesses.all(data, ports).forEach(process -> processes.add(local(process, ports)));
        return processes;
    }

    /** Returns the processes of one server: one, or a JobManager and its TaskManagers. */
    public List<LocalProcess> processes(Server server) {
        return processes().stream()
                .filter(process -> process.server() == server)
                .toList();
    }

    /**
     * Returns the process of a name, such as {@code kafka} or {@code flink-taskmanager-1}.
     *
     * @throws LocalServerException if there is none; the message lists those there are
     */
    public LocalProcess process(String name) {
        Ports ports = ports();
        return local(ServerProcesses.named(name, data, ports), ports);
    }

    /** Returns what is known of every process of every server, whether it runs or not. */
    public List<ServerStatus> status() {
        return processes().stream().map(LocalProcess::status).toList();
    }

    private LocalProcess local(ServerProcess process, Ports ports) {
        return new LocalProcess(data, ports, process);
    }
}
