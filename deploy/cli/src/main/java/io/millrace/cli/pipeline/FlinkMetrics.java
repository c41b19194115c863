package io.millrace.cli.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the jobs count about themselves, from Flink's REST interface. Whatever cannot be had at the moment is left
 * out: progress is worth no failure.
 */
public final class FlinkMetrics {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Pattern METRIC = Pattern.compile(
            "millrace\\.table\\.(?:public[._])?(.+)\\.target\\.([^.]+)\\.(recordsOut|deadLettered|commitToTargetMillis_p95)$");
    private static final int NAMES_PER_REQUEST = 40;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String url;

    public FlinkMetrics(String url) {
        this.url = url;
    }

    /** Returns the state of each of these jobs that Flink knows, by its id; empty if Flink does not answer. */
    public Map<String, String> states(Collection<String> ids) {
        Map<String, String> states = new TreeMap<>();
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            String id = job.path("jid").asText();
            if (ids.contains(id)) {
                states.put(id, job.path("state").asText());
            }
        }
        return states;
    }

    /** Returns the address of a job's page. */
    public String page(String id) {
        return url + "/#/job/running/" + id + "/overview";
    }

    /** Returns what went wrong with a job last, in one line; empty if nothing did. */
    public String lastError(String id) {
        JsonNode error = get("/jobs/" + id + "/exceptions?maxExceptions=1");
        String trace = error.path("exceptionHistory")
                .path("entries")
                .path(0)
                .path("stacktrace")
                .asText(error.path("root-exception").asText(""));
        return trace.lines()
                .filter(line -> line.startsWith("Caused by: "))
                .reduce((first, second) -> second)
                .orElse(trace.lines().findFirst().orElse(""));
    }

    /** Reads the counts and latencies of these jobs, by their ids. */
    public TargetCounts read(Collection<String> ids) {
        TargetCounts counts = new TargetCounts();
        for (String id : ids) {
            String path = "/jobs/" + id;
            for (JsonNode vertex : get(path).path("vertices")) {
                readVertex(path + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics", counts);
            }
        }
        return counts;
    }

    private void readVertex(String path, TargetCounts counts) {
        List<String> names = new ArrayList<>();
        for (JsonNode metric : get(path)) {
            String name = metric.path("id").asText();
            if (METRIC.matcher(name).find()) {
                names.add(URLEncoder.encode(name, StandardCharsets.UTF_8));
            }
        }
        for (int from = 0; from < names.size(); from += NAMES_PER_REQUEST) {
            List<String> some = names.subList(from, Math.min(names.size(), from + NAMES_PER_REQUEST));
            for (JsonNode value : get(path + "?get=" + String.join(",", some))) {
                add(value, counts);
            }
        }
    }

    private static void add(JsonNode value, TargetCounts counts) {
        Matcher metric = METRIC.matcher(value.path("id").asText());
        if (metric.find()) {
            String table = metric.group(1);
            String target = metric.group(2);
            switch (metric.group(3)) {
                case "recordsOut" ->
                    counts.addRows(table, target, value.path("sum").asLong());
                case "deadLettered" -> counts.addDeadLetters(value.path("sum").asLong());
                default -> counts.addLatency(target, value.path("max").asDouble());
            }
        }
    }

    private JsonNode get(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT).build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return response.statusCode() == 200 ? JSON.readTree(response.body()) : MissingNode.getInstance();
        } catch (IOException e) {
            return MissingNode.getInstance();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return MissingNode.getInstance();
        }
    }
}
