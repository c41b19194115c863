package io.millrace.shop.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A table of two columns and some rows of it. */
final class Samples {

    static final SourceTable USERS = new SourceTable(
            "users", List.of(column("id", ColumnType.NUMBER), column("name", ColumnType.TEXT)), List.of("id"));

    private Samples() {}

    static SourceColumn column(String name, ColumnType type) {
        return new SourceColumn(name, type, false, 6);
    }

    static SourceColumn array(String name, ColumnType type) {
        return new SourceColumn(name, type, true, 6);
    }

    static Map<RowKey, JsonNode> rows(String... rows) {
        Map<RowKey, JsonNode> map = new TreeMap<>();
        for (String row : rows) {
            JsonNode parsed = Json.parse(row);
            map.put(USERS.keyOf(parsed), parsed);
        }
        return map;
    }

    static Map<RowKey, FoundRow> found(String... rows) {
        Map<RowKey, FoundRow> map = new TreeMap<>();
        rows(rows).forEach((key, row) -> map.put(key, new FoundRow(row, FoundRow.NO_VERSION)));
        return map;
    }
}
