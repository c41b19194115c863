package io.millrace.monitoring;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.Addresses;
import io.millrace.local.DataFolder;
import io.millrace.local.Port;
import io.millrace.local.Ports;
import io.millrace.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Prometheus of the {@code PATH}, with the project's configuration; only ports and intervals are others. */
final class Prometheus implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of("target", "prometheus");
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final List<Port> REPORTERS =
            List.of(Port.FLINK_JOBMANAGER_METRICS, Port.FLINK_TASKMANAGER_1_METRICS, Port.FLINK_TASKMANAGER_2_METRICS);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final String url;
    /** Until when something was done. */
    private Instant busyUntil = Instant.now();

    private Prometheus(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** An action that may fail. */
    interface Action {
        void run() throws Exception;
    }

    /** Starts it, if there is one. */
    static Optional<Prometheus> start(Ports ports) throws IOException {
        Optional<Path> program = Program.onPath("prometheus");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        DataFolder.deleteTree(FOLDER);
        Files.createDirectories(FOLDER);
        Files.copy(AlertRules.FOLDER.resolve("alerts.yaml"), FOLDER.resolve("alerts.yaml"));
        Files.writeString(FOLDER.resolve("prometheus.yaml"), configuration(ports));
        String address = Addresses.HOST + ":" + FreePort.reserve();
        Process process = new ProcessBuilder(
                        program.get().toString(),
                        "--config.file=" + FOLDER.resolve("prometheus.yaml"),
                        "--storage.tsdb.path=" + FOLDER.resolve("data"),
                        "--web.listen-address=" + address)
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return Optional.of(new Prometheus(process, "http://" + address));
    }

    private static String configuration(Ports ports) throws IOException {
        String text = Files.readString(AlertRules.FOLDER.resolve("prometheus.yaml"))
                .replace("_interval: 15s", "_interval: 1s");
        for (Port reporter : REPORTERS) {
            text = text.replace(":" + reporter.standard() + "\"", ":" + ports.get(reporter) + "\"");
        }
        return text;
    }

    /** Waits until it has scraped every reporter for so long, and goes on doing something meanwhile. */
    void awaitScrapes(Duration length, Action meanwhile) {
        String query = "min(count_over_time(up[5m]))";
        await("scrapes for " + length.toSeconds() + " s")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> {
                    meanwhile.run();
                    JsonNode count =
                            get("/api/v1/query?query=" + encoded(query)).at("/result/0/value/1");
                    return count.asInt() >= length.toSeconds()
                            && get("/api/v1/query?query=" + encoded("min(up)"))
                                    .at("/result/0/value/1")
                                    .asText()
                                    .equals("1");
                });
        busyUntil = Instant.now();
    }

    /** Evaluates a query over the last time of those scrapes, as a curve; returns the series that have a number in it. */
    List<JsonNode> range(String query, Duration length) throws IOException, InterruptedException {
        JsonNode data = get("/api/v1/query_range?step=1&start="
                + busyUntil
                        .minus(length)
                        .plusSeconds(PromQuery.RATE_INTERVAL.toSeconds())
                        .getEpochSecond() + "&end="
                + busyUntil.getEpochSecond() + "&query=" + encoded(query));
        List<JsonNode> series = new ArrayList<>();
        for (JsonNode each : data.path("result")) {
            for (JsonNode value : each.path("values")) {
                if (!value.get(1).asText().equals("NaN")) {
                    series.add(each);
                    break;
                }
            }
        }
        return series;
    }

    /** Returns every rule, with how its evaluation went. */
    List<JsonNode> rules() throws IOException, InterruptedException {
        List<JsonNode> rules = new ArrayList<>();
        get("/api/v1/rules").path("groups").forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(URI.create(url + path)).build(), HttpResponse.BodyHandlers.ofString());
        JsonNode json = JSON.readTree(answer.body());
        if (!json.path("status").asText().equals("success")) {
            throw new IllegalStateException(answer.body());
        }
        return json.path("data");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
