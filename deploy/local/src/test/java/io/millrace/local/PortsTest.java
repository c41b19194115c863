package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

    @Test
    void theStandardPortsAreThoseThatToolsExpect() {
        Addresses at = new Addresses(Ports.standard());

        assertThat(at.kafkaBootstrap()).isEqualTo("127.0.0.1:9092");
        assertThat(at.postgresUrl()).isEqualTo("jdbc:postgresql://127.0.0.1:5432/postgres");
        assertThat(at.redisUri()).isEqualTo("redis://127.0.0.1:6379");
        assertThat(at.elasticsearchUrl()).isEqualTo("http://127.0.0.1:9200");
        assertThat(at.clickhouseUrl()).isEqualTo("http://127.0.0.1:8123");
        assertThat(at.flinkUrl()).isEqualTo("http://127.0.0.1:8081");
    }

    @Test
    void noTwoServersShareAStandardPort() {
        assertThat(Ports.standard().asMap().values()).doesNotHaveDuplicates();
    }

    @Test
    void anOffsetMovesEveryPortTheInnerOnesToo() {
        Ports moved = Ports.standard(1000);

        assertThat(Port.values()).allSatisfy(port -> assertThat(moved.get(port)).isEqualTo(port.standard() + 1000));
    }

    @Test
    void refusesAnOffsetThatLeavesTheRangeOfPorts() {
        assertThatThrownBy(() -> Ports.standard(60_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("60000")
                .hasMessageContaining("between 1 and 65535");
        assertThatThrownBy(() -> Ports.standard(-6000)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void freePortsAreFreeAndDifferent() {
        Ports free = Ports.free();

        assertThat(free.taken(List.of(Port.values()))).isEmpty();
        assertThat(new HashSet<>(free.asMap().values())).hasSameSizeAs(List.of(Port.values()));
    }

    @Test
    void aFreePortIsGivenOnce() {
        List<Integer> given = IntStream.range(0, 50)
                .boxed()
                .flatMap(each -> Ports.free().asMap().values().stream())
                .toList();

        assertThat(given).doesNotHaveDuplicates();
    }

    @Test
    void aPortThatSomebodyListensOnIsTaken() throws IOException {
        Ports ports = Ports.free();
        try (ServerSocket socket = new ServerSocket(ports.get(Port.KAFKA), 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
            assertThat(ports.taken(List.of(Port.values()))).containsExactly(Port.KAFKA);
        }
    }

    @Test
    void areFoundAgainInTheDataFolder(@TempDir Path folder) {
        DataFolder data = new DataFolder(folder);
        data.create();
        assertThat(PortsFile.read(data)).isEqualTo(Ports.standard());
        Ports ports = Ports.free();

        PortsFile.write(data, ports);

        assertThat(PortsFile.read(data)).isEqualTo(ports);
        assertThat(LocalServers.in(data).ports()).isEqualTo(ports);
    }

    @Test
    void anUnreadableFileIsNamed(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("ports.json"), "{");

        assertThatThrownBy(() -> PortsFile.read(new DataFolder(folder))).hasMessageContaining("ports.json");
    }
}
