package io.millrace.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.testing.Warehouse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A ClickHouse server whose results tell the types of their columns. */
record ClickHouse(Warehouse warehouse) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Runs a query.
     *
     * @throws IllegalStateException if the server refuses it; the message is the server's
     */
    Result query(String sql) {
        try {
            JsonNode answer = JSON.readTree(warehouse.send(sql + "\nFORMAT JSONCompact"));
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
}
