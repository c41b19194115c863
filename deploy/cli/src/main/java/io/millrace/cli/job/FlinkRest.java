package io.millrace.cli.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Flink's REST interface. */
public final class FlinkRest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI url;

    /** @param url without a path, or with the one that a proxy puts before Flink's */
    public FlinkRest(URI url) {
        String text = url.toString();
        this.url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    URI url() {
        return url;
    }

    JsonNode get(String path) {
        return send(request(path).GET());
    }

    JsonNode post(String path, JsonNode body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    void patch(String path) {
        send(request(path).method("PATCH", HttpRequest.BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT);
    }

    private JsonNode send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new CommandFailure("Flink at " + url + " answered " + response.statusCode() + " to "
                        + request.uri().getPath() + ": " + reason(response.body()));
            }
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new CommandFailure(url + " answers, but not as Flink's REST interface does; check --flink", e);
        } catch (IOException e) {
            String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new CommandFailure(
                    "Flink at " + url + " cannot be reached (" + message
                            + "); start the local cluster with `millrace up`, or name another with --flink",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while waiting for Flink at " + url, e);
        }
    }

    /** The first line of each error in Flink's answer, which otherwise holds stack traces. */
    static String reason(String body) {
        try {
            StringBuilder reasons = new StringBuilder();
            for (JsonNode error : JSON.readTree(body).path("errors")) {
                String first = error.asText().lines().findFirst().orElse("");
                if (!first.isBlank() && !first.startsWith("Internal server error")) {
                    reasons.append(reasons.isEmpty() ? "" : "; ").append(first);
                }
            }
            return reasons.isEmpty()
                    ? Failures.rootCause(body.replace("\\n", "\n").replace("\\t", "\t"))
                    : reasons.toString();
        } catch (JsonProcessingException e) {
            return "no reason in JSON";
        }
    }
}
