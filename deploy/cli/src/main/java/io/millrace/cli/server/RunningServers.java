package io.millrace.cli.server;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.LocalAddresses;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Finds the local server that runs: that of {@code up} first, else a demo's. */
public final class RunningServers implements LocalAddresses {
    private final Path runs;

    /**
     * Looks when it is asked, not before.
     *
     * @param runs the folder of all runs
     */
    public RunningServers(Path runs) {
        this.runs = runs;
    }

    @Override
    public String kafkaBootstrap() {
        return of(Server.KAFKA, "--bootstrap-servers").kafkaBootstrap();
    }

    @Override
    public String postgresUrl() {
        return of(Server.POSTGRES, "--postgres").postgresUrl();
    }

    @Override
    public String clickhouseUrl() {
        return of(Server.CLICKHOUSE, "--clickhouse").clickhouseUrl();
    }

    @Override
    public String flinkUrl() {
        return of(Server.FLINK, "--flink").flinkUrl();
    }

    private Addresses of(Server server, String option) {
        try {
            return LocalRun.all(runs).stream()
                    .filter(run -> run.runs(server))
                    .findFirst()
                    .map(run -> run.servers().addresses())
                    .orElseThrow(() -> new CommandFailure("no local " + server.label()
                            + " runs; start it with `millrace up`, or name another with " + option));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
