package io.millrace.local.server;

import io.millrace.local.DataFolder;
import io.millrace.local.LocalServerException;
import io.millrace.local.Ports;
import io.millrace.local.Server;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Which processes make up each server. */
public final class ServerProcesses {

    private ServerProcesses() {}

    /** Returns the processes of a server. */
    public static List<ServerProcess> of(Server server, DataFolder data, Ports ports) {
        Site site = new Site(data, ports);
        return switch (server) {
            case KAFKA -> List.of(new KafkaServer(site));
            case POSTGRES -> List.of(new PostgresServer(site));
            case REDIS -> List.of(new RedisServer(site));
            case ELASTICSEARCH -> List.of(new ElasticsearchServer(site));
            case CLICKHOUSE -> List.of(new ClickHouseServer(site));
            case FLINK ->
                List.of(
                        new FlinkJobManager(site),
                        new FlinkTaskManager(site, FlinkTaskManager.Ordinal.FIRST),
                        new FlinkTaskManager(site, FlinkTaskManager.Ordinal.SECOND));
        };
    }

    /** Returns the processes of all servers. */
    public static List<ServerProcess> all(DataFolder data, Ports ports) {
        return Arrays.stream(Server.values())
                .flatMap(server -> of(server, data, ports).stream())
                .toList();
    }

    /**
     * Returns the process that has a name.
     *
     * @throws LocalServerException if none has it; the message lists those there are
     */
    public static ServerProcess named(String name, DataFolder data, Ports ports) {
        List<ServerProcess> all = all(data, ports);
        return all.stream()
                .filter(process -> process.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new LocalServerException("There is no process " + name + "; there are "
                        + all.stream().map(ServerProcess::name).collect(Collectors.joining(", "))));
    }
}
