package io.millrace.common.sink.elasticsearch;

import static io.millrace.common.sink.elasticsearch.Changes.requests;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.millrace.common.config.Secret;
import io.millrace.common.sink.elasticsearch.ElasticsearchConfig.Connection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestSearchClientTest {

    private static final String CREDENTIALS =
            "Basic " + Base64.getEncoder().encodeToString("writer:canary".getBytes(UTF_8));

    private final ConcurrentLinkedQueue<String> bodies = new ConcurrentLinkedQueue<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/_bulk", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            boolean known = CREDENTIALS.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] answer = (known ? "{\"items\":[{\"index\":{\"status\":201}}]}" : "{\"error\":{\"type\":\"denied\"}}")
                    .getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(known ? 200 : 401, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Connection connection(String password, @Nullable String caCertificate) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        Duration limit = Duration.ofSeconds(5);
        return new Connection(List.of(url), "writer", new Secret(password), caCertificate, limit, limit);
    }

    @Test
    void saysWhoItIs() throws IOException {
        try (RestSearchClient client = new RestSearchClient(connection("canary", null))) {
            assertThat(client.bulk(requests(Changes.row(1, 1, "{\"id\":1}"))))
                    .containsExactly(new ItemAnswer(201, null, null));
        }
        assertThat(bodies.peek()).endsWith("{\"id\":1}\n");
    }

    @Test
    void passesOnARefusalWithoutThePassword() throws IOException {
        try (RestSearchClient client = new RestSearchClient(connection("wrong-canary", null))) {
            assertThatThrownBy(() -> client.bulk(requests(Changes.row(1, 1, "{\"id\":1}"))))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("401 denied")
                    .hasMessageNotContaining("canary");
        }
    }

    @Test
    void refusesACertificateFileThatHoldsNone(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "nonsense");

        assertThatThrownBy(() -> new RestSearchClient(connection("canary", file.toString())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no X.509 certificates");
    }
}
