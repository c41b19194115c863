package io.millrace.cli.server;

import io.millrace.local.Addresses;
import io.millrace.local.DataFolder;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.local.ServerStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A data folder below {@code .millrace} and the servers that run on it: those of {@code millrace up}, or a demo's.
 *
 * @param name the folder's name
 * @param servers that run or do not
 */
public record LocalRun(String name, LocalServers servers) {
    /** The run of {@code millrace up}. */
    public static final String UP = "local";

    /** The run of a name, which need not exist, in the folder of all runs. */
    public static LocalRun named(Path runs, String name) {
        return new LocalRun(name, LocalServers.in(new DataFolder(runs.resolve(name))));
    }

    /** Every run that was started here and not cleaned since; that of {@code up} comes first. */
    public static List<LocalRun> all(Path runs) throws IOException {
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(runs)) {
            return folders.filter(folder -> Files.exists(folder.resolve("ports.json")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted(java.util.Comparator.comparing((String name) -> !name.equals(UP))
                            .thenComparing(java.util.Comparator.naturalOrder()))
                    .map(name -> named(runs, name))
                    .toList();
        }
    }

    /** Whether any process of a server runs. */
    boolean runs(Server server) {
        return servers.status().stream().anyMatch(status -> status.server() == server && status.running());
    }

    /** The processes that run. */
    List<ServerStatus> running() {
        return servers.status().stream().filter(ServerStatus::running).toList();
    }

    /** What a client of a server is given: Kafka's bootstrap servers, everybody else's URL. */
    static String address(Addresses addresses, Server server) {
        return server == Server.KAFKA
                ? addresses.kafkaBootstrap()
                : addresses.of(server).toString();
    }
}
