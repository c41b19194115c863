package io.millrace.shop.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Writes canonical rows as a correct pipeline would, so that a check has something right to look at. */
final class RowCopy {

    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    private RowCopy() {}

    static ObjectNode document(SourceTable table, JsonNode row, boolean decimalsAsText) {
        ObjectNode document = JSON.objectNode();
        for (SourceColumn column : table.columns()) {
            JsonNode value = row.path(column.name());
            boolean text = decimalsAsText && column.type() == ColumnType.DECIMAL && !value.isNull();
            document.set(column.name(), text ? TextNode.valueOf(plain(value)) : value);
        }
        return document;
    }

    static ObjectNode key(SourceTable table, JsonNode row) {
        ObjectNode key = JSON.objectNode();
        table.keyColumns().forEach(column -> key.set(column, row.path(column)));
        return key;
    }

    static ObjectNode envelope(SourceTable table, JsonNode row) {
        ObjectNode after = JSON.objectNode();
        for (SourceColumn column : table.columns()) {
            JsonNode value = row.path(column.name());
            after.set(column.name(), value.isNull() || column.array() ? value : debezium(column, value));
        }
        ObjectNode envelope = JSON.objectNode().put("op", "c").putNull("before");
        envelope.set("after", after);
        return envelope;
    }

    private static JsonNode debezium(SourceColumn column, JsonNode value) {
        return switch (column.type()) {
            case DECIMAL -> TextNode.valueOf(plain(value));
            case JSON -> TextNode.valueOf(value.toString());
            case DATE -> JSON.numberNode(LocalDate.parse(value.asText()).toEpochDay());
            case TIME -> JSON.numberNode(LocalTime.parse(value.asText()).toNanoOfDay() / 1_000);
            case TIMESTAMP -> {
                LocalDateTime time = LocalDateTime.parse(value.asText());
                long micros = ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), time);
                yield JSON.numberNode(column.precision() <= 3 ? Math.floorDiv(micros, 1_000) : micros);
            }
            default -> value;
        };
    }

    private static String plain(JsonNode number) {
        return number.decimalValue().toPlainString();
    }
}
