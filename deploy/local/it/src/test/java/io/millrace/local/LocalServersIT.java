package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.process.Strays;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalServersIT {

    @TempDir
    private Path folder;

    private DataFolder data;
    private LocalServers servers;
    private Ports ports;

    @BeforeEach
    void choose() {
        data = new DataFolder(folder.resolve("data"));
        servers = LocalServers.in(data);
        ports = Ports.free();
    }

    @AfterEach
    void stop() {
        servers.stop();
    }

    @Test
    void namesEveryTakenPortAndStartsNothing() throws IOException {
        try (ServerSocket first = listen(ports.get(Port.REDIS));
                ServerSocket second = listen(ports.get(Port.POSTGRES))) {

            assertThatThrownBy(() -> servers.start(
                            Set.of(Server.REDIS, Server.POSTGRES, Server.KAFKA), ports, StartListener.SILENT))
                    .isInstanceOf(TakenPortsException.class)
                    .hasMessageContaining(first.getLocalPort() + ", wanted by redis")
                    .hasMessageContaining(second.getLocalPort() + ", wanted by postgres")
                    .hasMessageContaining("--port-offset");
        }
        assertThat(servers.status()).noneMatch(ServerStatus::running);
        assertThat(Strays.of(data)).isEmpty();
    }

    @Test
    void stopsWhatACommandStartedThatWasKilled() throws Exception {
        Process command = command("REDIS,POSTGRES");
        try {
            awaitLine(command, "started");

            command.destroyForcibly().waitFor();

            assertThat(servers.processes(Server.REDIS)).allMatch(LocalProcess::running);
            assertThat(servers.processes(Server.POSTGRES)).allMatch(LocalProcess::running);
            servers.stop();
            assertThat(servers.status()).noneMatch(ServerStatus::running);
            assertThat(Strays.of(data)).isEmpty();
        } finally {
            command.destroyForcibly();
        }
    }

    @Test
    void stopsWhatACommandStartedThatWasKilledInTheMiddle() throws Exception {
        Process command = command("REDIS,POSTGRES");
        try {
            awaitLine(command, "starting");
            Awaitility.await("a process of the data folder")
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> !Strays.of(data).isEmpty());

            command.destroyForcibly().waitFor();

            servers.stop();
            assertThat(servers.status()).noneMatch(ServerStatus::running);
            assertThat(Strays.of(data)).isEmpty();
        } finally {
            command.destroyForcibly();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Server.class,
            names = {"REDIS", "POSTGRES"})
    void killsAProcessThatNoRunFileNames(Server server) throws IOException {
        servers.start(Set.of(server), ports, StartListener.SILENT);
        Files.delete(data.run().resolve(server.label() + ".json"));
        assertThat(servers.process(server.label()).running()).isFalse();

        servers.stop();

        assertThat(Strays.of(data)).isEmpty();
        assertThat(ports.taken(List.of(Port.REDIS, Port.POSTGRES))).isEmpty();
    }

    @Test
    void aServerThatEndsWhileItStartsShowsTheEndOfItsLog() throws IOException {
        Files.createDirectories(data.of(Server.REDIS).resolve("data"));
        Files.writeString(data.of(Server.REDIS).resolve("data/appendonly.aof"), "no commands");

        assertThatThrownBy(() -> servers.start(Set.of(Server.REDIS), ports, StartListener.SILENT))
                .isInstanceOf(LocalServerException.class)
                .hasMessageContaining("redis ended while it was starting")
                .hasMessageContaining(data.log("redis").toString())
                .hasMessageContaining("Bad file format reading the append only file");
        assertThat(servers.process("redis").running()).isFalse();
    }

    @Test
    void whatStartedBesideAServerThatFailsIsStoppedAgain() throws IOException {
        Files.createDirectories(data.of(Server.POSTGRES).resolve("data"));
        Files.writeString(data.of(Server.POSTGRES).resolve("data/PG_VERSION"), "1");
        Files.writeString(data.of(Server.POSTGRES).resolve("data/postgresql.conf"), "");

        assertThatThrownBy(() -> servers.start(Set.of(Server.REDIS, Server.POSTGRES), ports, StartListener.SILENT))
                .hasMessageContaining("postgres ended while it was starting");

        assertThat(servers.status()).noneMatch(ServerStatus::running);
        assertThat(Strays.of(data)).isEmpty();
    }

    @Test
    void aFrozenServerIsSilentUntilItIsThawed() throws IOException {
        servers.start(Set.of(Server.REDIS), ports, StartListener.SILENT);
        LocalProcess redis = servers.process("redis");
        int port = ports.get(Port.REDIS);

        redis.freeze();

        assertThat(redis.running()).isTrue();
        assertThatThrownBy(() -> Protocols.redis(port, Duration.ofMillis(300), "PING"))
                .isInstanceOf(SocketTimeoutException.class);
        redis.thaw();
        assertThat(Protocols.redis(port, "PING")).isEqualTo("+PONG");
    }

    @Test
    void aFrozenServerCanBeStopped() {
        servers.start(Set.of(Server.REDIS), ports, StartListener.SILENT);
        LocalProcess redis = servers.process("redis");
        redis.freeze();

        redis.stop();

        assertThat(redis.running()).isFalse();
    }

    @Test
    void aKilledServerStartsAgainOnItsPorts() throws IOException {
        servers.start(Set.of(Server.REDIS), ports, StartListener.SILENT);
        LocalProcess redis = servers.process("redis");
        long before = redis.pid().orElseThrow();
        redis.kill();
        assertThat(redis.pid()).isEmpty();

        redis.start();

        assertThat(redis.pid()).isPresent().get().isNotEqualTo(before);
        assertThat(Protocols.redis(ports.get(Port.REDIS), "PING")).isEqualTo("+PONG");
    }

    @Test
    void startingWhatRunsChangesNothing() {
        servers.start(Set.of(Server.REDIS), ports, StartListener.SILENT);
        long pid = servers.process("redis").pid().orElseThrow();

        servers.start(Set.of(Server.REDIS), ports, StartListener.SILENT);

        assertThat(servers.process("redis").pid()).contains(pid);
    }

    @Test
    void cleaningRemovesTheDataAndNothingElse() throws IOException {
        servers.start(Set.of(Server.REDIS), ports, StartListener.SILENT);
        Path other = Files.writeString(data.root().resolve("notes.txt"), "not ours");
        servers.stop();

        servers.clean();

        assertThat(data.root().toFile().list())
                .containsExactly(other.getFileName().toString());
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    /** A command of its own, as a user's shell would run it. */
    private Process command(String names) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartCommand.class.getName(),
                        data.root().toString(),
                        names)
                .redirectErrorStream(true)
                .start();
    }

    private static void awaitLine(Process command, String wanted) throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(command.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append('\n');
            if (line.equals(wanted)) {
                return;
            }
        }
        throw new AssertionError("The command ended without saying " + wanted + ":\n" + all);
    }
}
