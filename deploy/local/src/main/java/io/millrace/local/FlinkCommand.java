package io.millrace.local;

import io.millrace.local.process.Launch;
import io.millrace.local.process.Launcher;
import io.millrace.local.server.FlinkClient;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * Flink's own command line ({@code flink run}, {@code list}, {@code savepoint} …) against any cluster.
 *
 * @param data the data folder, which takes the client's configuration and log
 * @param flink the address of the cluster's REST interface, such as {@code http://127.0.0.1:8081}
 */
public record FlinkCommand(DataFolder data, URI flink) {

    /** Refuses an address that is not {@code http(s)://host[:port]}. */
    public FlinkCommand {
        String scheme = flink.getScheme();
        boolean web = "http".equals(scheme) || "https".equals(scheme);
        if (!web
                || flink.getHost() == null
                || (flink.getPath() != null && flink.getPath().length() > 1)) {
            throw new LocalServerException("The Flink address " + flink
                    + " is not of the form http://host:port; Flink's client knows no other");
        }
    }

    /** Returns the command for the cluster of a local run. */
    public static FlinkCommand of(LocalServers servers) {
        return new FlinkCommand(servers.data(), local(servers.data()));
    }

    private static URI local(DataFolder data) {
        return URI.create(LocalServers.in(data).addresses().flinkUrl());
    }

    /**
     * Returns a process that is ready to start, in this process' working directory; its output is Flink's own words and
     * its exit code Flink's.
     *
     * @param arguments as for {@code flink}, such as {@code run -d job.jar --config x.yaml}
     * @throws LocalServerException if Flink's class path is not built
     */
    public ProcessBuilder process(List<String> arguments) {
        data.create();
        try {
            Launch launch = FlinkClient.launch(data, flink, arguments);
            ProcessBuilder builder = new ProcessBuilder(launch.command());
            builder.environment().putAll(launch.environment());
            if (flink.equals(local(data))) {
                // whoever stops the servers also stops a client that its starter left behind
                builder.environment().put(Launcher.MARK, data.root().toString());
            }
            return builder;
        } catch (IOException e) {
            throw new LocalServerException("Flink's client could not be set up in " + data.root() + ": " + e, e);
        }
    }
}
