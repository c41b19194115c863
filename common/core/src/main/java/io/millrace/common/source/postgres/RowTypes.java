package io.millrace.common.source.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.event.RowSchema;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The Connect types of a table's columns, by the names of the columns.
 *
 * @param key of the key's columns
 * @param row of the row's columns
 */
record RowTypes(Map<String, Type> key, Map<String, Type> row) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * The type of one column.
     *
     * @param type such as {@code int32} or {@code array}
     * @param name of what the type means, such as {@code io.debezium.time.Date}; empty if nothing special
     * @param element the type of an array's elements; empty if it is none
     */
    record Type(String type, String name, String element) {}

    static RowTypes of(RowSchema schema) throws IOException {
        Map<String, Type> row = new HashMap<>();
        for (JsonNode field : MAPPER.readTree(schema.value()).path("fields")) {
            if (field.path("field").asText().equals("after")) {
                row = types(field);
            }
        }
        return new RowTypes(types(MAPPER.readTree(schema.key())), row);
    }

    private static Map<String, Type> types(JsonNode struct) {
        Map<String, Type> types = new HashMap<>();
        for (JsonNode field : struct.path("fields")) {
            types.put(
                    field.path("field").asText(),
                    new Type(
                            field.path("type").asText(),
                            field.path("name").asText(),
                            field.path("items").path("type").asText()));
        }
        return types;
    }
}
