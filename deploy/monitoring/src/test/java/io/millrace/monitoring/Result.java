package io.millrace.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/** What a query of SQL gave. */
record Result(List<Column> columns, List<List<JsonNode>> rows) {

    /** @param type by its name in ClickHouse */
    record Column(String name, String type) {

        boolean isTime() {
            return type.matches("(Nullable\\()?DateTime.*");
        }

        boolean isNumber() {
            return type.matches("(Nullable\\()?(U?Int|Float)\\d+\\)?");
        }

        boolean isText() {
            return type.matches("(LowCardinality\\()?(Nullable\\()?String\\)*");
        }
    }

    List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** Returns the rows, values separated by a space and a bar. */
    List<String> lines() {
        return rows.stream()
                .map(row -> row.stream().map(JsonNode::asText).collect(Collectors.joining(" | ")))
                .toList();
    }
}
