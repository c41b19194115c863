package io.millrace.cli.pipeline;

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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The demo's own servers: they begin empty and end with the demo. */
public final class PipelineServers {

    private static final Set<Server> ALL = EnumSet.allOf(Server.class);

    private final LocalServers servers;
    private final AtomicBoolean started = new AtomicBoolean();

    public PipelineServers(LocalServers servers) {
        this.servers = servers;
    }

    /** Stops and removes what an earlier demo may have left, and starts everything anew. */
    public void start(Ports ports, StartListener listener) {
        List<String> unbuilt = LocalServers.unbuilt(ALL);
        if (!unbuilt.isEmpty()) {
            throw new CommandFailure(
                    "the class paths of some servers are not built; run `mvn -B -q package -DskipTests -pl "
                            + String.join(",", unbuilt) + " -am`");
        }
        if (System.getProperty(LocalServers.SHORT_LIVED) == null) {
            System.setProperty(LocalServers.SHORT_LIVED, "true");
        }
        started.set(true);
        servers.stop();
        servers.clean();
        servers.start(ALL, ports, listener);
    }

    public Addresses addresses() {
        return servers.addresses();
    }

    /** Returns the folder with all data of the servers. */
    public DataFolder data() {
        return servers.data();
    }

    /** Returns one of the servers' processes, such as {@code flink-taskmanager-1}. */
    public LocalProcess process(String name) {
        return servers.process(name);
    }

    /** Starts Flink again, with further settings until everything is started anew; it must have no jobs. */
    public void restartFlink(Map<String, String> settings) {
        servers.restartFlink(settings, StartListener.SILENT);
    }

    /** Returns Flink's own command line for this cluster. */
    public FlinkCommand flink() {
        return FlinkCommand.of(servers);
    }

    /** Stops everything in good order, once; an interrupt waits until it is done. */
    public void stop() {
        if (started.compareAndSet(true, false)) {
            boolean interrupted = Thread.interrupted();
            servers.stop();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Kills everything at once. */
    public void kill() {
        if (started.compareAndSet(true, false)) {
            servers.processes().stream().filter(LocalProcess::running).forEach(LocalProcess::kill);
            servers.stop();
        }
    }
}
