package io.millrace.common.sink.elasticsearch;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;

/** Looks into Elasticsearch over plain HTTP, with nothing of what is tested. */
final class SearchServer {

    /** A document as it is found. */
    record Found(long version, JsonNode source) {}

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    SearchServer(String url) {
        this.url = url;
    }

    JsonNode send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return JSON.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode get(String path) {
        return send("GET", path, "");
    }

    /** Returns all documents by their id, up to 10,000. */
    Map<String, Found> documents(String index) {
        send("POST", "/" + index + "/_refresh", "");
        Map<String, Found> documents = new TreeMap<>();
        JsonNode hits = search(index, "{\"size\":10000,\"version\":true}");
        for (JsonNode hit : hits) {
            documents.put(
                    hit.path("_id").asText(), new Found(hit.path("_version").asLong(), hit.path("_source")));
        }
        return documents;
    }

    JsonNode search(String index, String body) {
        return send("POST", "/" + index + "/_search", body).path("hits").path("hits");
    }

    /** Returns how many documents a query finds. */
    int count(String index, String query) {
        send("POST", "/" + index + "/_refresh", "");
        return send("POST", "/" + index + "/_count", "{\"query\":" + query + "}")
                .path("count")
                .asInt(-1);
    }

    JsonNode properties(String index) {
        return get("/" + index + "/_mapping").iterator().next().path("mappings").path("properties");
    }
}
