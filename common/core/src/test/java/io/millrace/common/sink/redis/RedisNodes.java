package io.millrace.common.sink.redis;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.millrace.local.LocalServers;
import io.millrace.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A Redis Cluster without replicas, made of the binary that runs as the local server. */
final class RedisNodes implements AutoCloseable {

    private static final int SLOTS = 16_384;
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    /** A node talks to the others ten thousand ports higher. */
    private static final int BUS = 10_000;

    /** From here on Linux gives ports to outgoing connections, which may take one before a node listens on it. */
    private static final int OUTGOING = 32_768;

    private final int count;
    private final List<Process> processes = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();
    private final Map<Integer, StatefulRedisConnection<String, String>> connections = new HashMap<>();
    private final RedisClient client = RedisClient.create();

    private RedisNodes(int count) {
        this.count = count;
    }

    static RedisNodes start(LocalServers servers, Path folder, int count) throws IOException {
        String binary = servers.process("redis")
                .pid()
                .flatMap(ProcessHandle::of)
                .flatMap(process -> process.info().command())
                .orElseThrow();
        RedisNodes nodes = new RedisNodes(count);
        for (int i = 0; i < count; i++) {
            nodes.start(binary, Files.createDirectories(folder.resolve("node-" + i)));
        }
        nodes.join();
        return nodes;
    }

    private void start(String binary, Path folder) throws IOException {
        int port = freePort();
        ports.add(port);
        processes.add(new ProcessBuilder(
                        binary,
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--dir",
                        folder.toString(),
                        "--cluster-enabled",
                        "yes",
                        "--save",
                        "")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start());
    }

    private static int freePort() {
        return Stream.generate(FreePort::reserve)
                .filter(port -> port + BUS < OUTGOING && isFree(port + BUS))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private void join() {
        for (int i = 0; i < count; i++) {
            int node = i;
            await("node " + i)
                    .atMost(DEADLINE)
                    .ignoreExceptions()
                    .until(() -> ask(node).ping().equals("PONG"));
            int[] slots =
                    IntStream.range(SLOTS * i / count, SLOTS * (i + 1) / count).toArray();
            ask(i).clusterAddSlots(slots);
            ask(0).clusterMeet("127.0.0.1", ports.get(i));
        }
        for (int i = 0; i < count; i++) {
            int node = i;
            await("node " + i + " sees the cluster")
                    .atMost(DEADLINE)
                    .until(() -> ask(node).clusterInfo().contains("cluster_state:ok")
                            && ask(node).clusterInfo().contains("cluster_known_nodes:" + count));
        }
    }

    /** Asks one node, which does not know the keys of the others. */
    RedisCommands<String, String> ask(int node) {
        return connections
                .computeIfAbsent(node, unknown -> client.connect(RedisURI.create("127.0.0.1", ports.get(node))))
                .sync();
    }

    String uri() {
        return uri(0);
    }

    String uri(int node) {
        return "redis://127.0.0.1:" + ports.get(node);
    }

    int count() {
        return count;
    }

    @Override
    public void close() {
        client.shutdown();
        processes.forEach(Process::destroyForcibly);
    }
}
