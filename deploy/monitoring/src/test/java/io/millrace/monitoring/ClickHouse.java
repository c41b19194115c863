package io.millrace.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.ProjectRoot;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A ClickHouse server, over plain HTTP. */
final class ClickHouse {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;

    /** @param settings as parameters of the address, such as {@code &max_threads=1}; may be empty */
    ClickHouse(String url, String settings) {
        this.address = URI.create(url + "/?user=default&wait_end_of_query=1" + settings);
    }

    /** Applies every migration, each of which can run again. */
    void migrate() throws IOException {
        try (Stream<Path> files = Files.list(ProjectRoot.find().resolve("sql").resolve("clickhouse"))) {
            for (Path file : files.sorted().toList()) {
                run(Files.readString(file));
            }
        }
    }

    /** Runs statements one after the other, each of which ends with a semicolon at the end of a line. */
    void run(String statements) {
        for (String statement : statements.split(";\\s*\\n", -1)) {
            if (!statement.isBlank()) {
                send(statement);
            }
        }
    }

    /**
     * Runs a query.
     *
     * @throws IllegalStateException if the server refuses it; the message is the server's
     */
    Result query(String sql) {
        try {
            JsonNode answer = JSON.readTree(send(sql + "\nFORMAT JSONCompact"));
            List<Result.Column> columns = new ArrayList<>();
            answer.path("meta")
                    .forEach(column -> columns.add(new Result.Column(
                            column.path("name").asText(), column.path("type").asText())));
            List<List<JsonNode>> rows = new ArrayList<>();
            for (JsonNode row : answer.path("data")) {
                List<JsonNode> cells = new ArrayList<>();
                row.forEach(cells::add);
                rows.add(cells);
            }
            return new Result(columns, rows);
        } catch (IOException e) {
            throw new IllegalStateException("ClickHouse answered with no JSON", e);
        }
    }

    private String send(String sql) {
        try {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .POST(HttpRequest.BodyPublishers.ofString(sql))
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException("ClickHouse does not answer at " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
