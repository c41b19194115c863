package io.millrace.benchmarks.stage;

import io.millrace.cli.CommandFailure;
import io.millrace.local.Addresses;
import io.millrace.local.DataFolder;
import io.millrace.local.FlinkCommand;
import io.millrace.local.LocalProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Ports;
import io.millrace.local.Server;
import io.millrace.local.StartListener;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The servers of a case: they begin empty. Flink is one JobManager and one TaskManager, fresh for each run. */
public final class BenchServers {

    private static final List<String> FLINK = List.of("flink-jobmanager", "flink-taskmanager-1");

    private final LocalServers servers;

    public BenchServers(LocalServers servers) {
        this.servers = servers;
    }

    /** Stops and removes what an earlier case left, and starts the servers of the next one. */
    public void start(Set<Server> wanted, Ports ports, StartListener listener) {
        Set<Server> all = EnumSet.copyOf(wanted);
        all.add(Server.FLINK);
        List<String> unbuilt = LocalServers.unbuilt(all);
        if (!unbuilt.isEmpty()) {
            throw new CommandFailure("the class paths of some servers are not built; run `mvn -B -q package"
                    + " -DskipTests -pl " + String.join(",", unbuilt) + " -am`");
        }
        servers.stop();
        servers.clean();
        servers.start(wanted, ports, listener);
    }

    /** Starts a fresh Flink, both processes at the same time. */
    public void startFlink() {
        stopFlink();
        CompletableFuture.allOf(FLINK.stream()
                        .map(name -> CompletableFuture.runAsync(
                                () -> servers.process(name).start()))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    public void stopFlink() {
        for (LocalProcess process : servers.processes(Server.FLINK)) {
            process.kill();
        }
    }

    public Addresses addresses() {
        return servers.addresses();
    }

    public DataFolder data() {
        return servers.data();
    }

    public FlinkCommand flink() {
        return FlinkCommand.of(servers);
    }

    /** Returns the process ids of Flink. */
    public List<Long> flinkPids() {
        return servers.processes(Server.FLINK).stream()
                .flatMap(process -> process.pid().stream())
                .toList();
    }

    /** Returns the process id of the TaskManager. */
    public long taskManagerPid() {
        return servers.process(FLINK.get(1)).pid().orElseThrow();
    }

    /** Returns the process ids of everything but Flink. */
    public List<Long> serverPids() {
        return servers.processes().stream()
                .filter(process -> process.server() != Server.FLINK)
                .flatMap(process -> process.pid().stream())
                .toList();
    }

    /** Stops everything. */
    public void stop() {
        servers.stop();
    }
}
