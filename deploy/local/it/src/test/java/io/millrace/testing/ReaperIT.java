package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.DataFolder;
import io.millrace.local.LocalProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Ports;
import io.millrace.local.Server;
import io.millrace.local.StartListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaperIT {

    @TempDir
    private Path folder;

    private LocalServers servers;
    private Process watched;

    @BeforeEach
    void startServersAndAProcessToOutlive() throws Exception {
        servers = LocalServers.in(new DataFolder(folder.resolve("data")));
        servers.start(Set.of(Server.REDIS, Server.POSTGRES), Ports.free(), StartListener.SILENT);
        watched = new ProcessBuilder("sleep", "600").start();
        Reaper.watch(watched.pid(), servers.data());
    }

    @AfterEach
    void stop() {
        watched.destroyForcibly();
        servers.stop();
    }

    @Test
    void killsTheServersOfAProcessThatWasKilled() throws Exception {
        assertThat(servers.processes(Server.REDIS)).allMatch(LocalProcess::running);

        watched.destroyForcibly().waitFor();

        Awaitility.await("the reaper kills the servers")
                .atMost(Duration.ofMinutes(2))
                .until(() -> servers.processes().stream().noneMatch(LocalProcess::running));
        Awaitility.await("postgres' own processes follow it")
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        servers.ports().taken(servers.ports().asMap().keySet()).isEmpty());
    }
}
