package io.millrace.testing;

import io.millrace.local.DataFolder;
import io.millrace.local.LocalProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Ports;
import io.millrace.local.Server;
import io.millrace.local.StartListener;
import java.nio.file.Path;
import java.util.Set;

/** The one set of servers of a test JVM. */
final class SharedServers implements AutoCloseable {

    private final LocalServers servers;
    private final Ports ports = Ports.free();
    private final Thread atExit = new Thread(this::end, "stop-test-servers");

    private SharedServers(LocalServers servers) {
        this.servers = servers;
    }

    /** Opens one in a fresh folder under {@code target}, watched by a reaper. */
    static SharedServers open() {
        Path folder = Path.of("target", "servers-" + ProcessHandle.current().pid());
        DataFolder.deleteTree(folder);
        SharedServers shared = new SharedServers(LocalServers.in(new DataFolder(folder)));
        shared.servers.data().create();
        Reaper.watch(ProcessHandle.current().pid(), shared.servers.data());
        Runtime.getRuntime().addShutdownHook(shared.atExit);
        return shared;
    }

    LocalServers servers() {
        return servers;
    }

    synchronized void start(Set<Server> wanted) {
        servers.start(wanted, ports, StartListener.SILENT);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
    }

    /** Nobody reads the data again: killing is quicker than stopping in good order. The logs stay. */
    private synchronized void end() {
        servers.processes().forEach(LocalProcess::kill);
        servers.stop();
        for (Server server : Server.values()) {
            DataFolder.deleteTree(servers.data().of(server));
        }
    }
}
