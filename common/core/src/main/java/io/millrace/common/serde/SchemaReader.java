package io.millrace.common.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads columns from the schema that Connect's JSON converter puts beside each message. */
final class SchemaReader {

    private static final String SOURCE_TYPE = "__debezium.source.column.type";
    private static final String SOURCE_LENGTH = "__debezium.source.column.length";
    private static final String SOURCE_SCALE = "__debezium.source.column.scale";
    private static final String DECIMAL_PRECISION = "connect.decimal.precision";
    private static final ObjectMapper JSON = new ObjectMapper();

    private SchemaReader() {}

    static Columns keyColumns(byte[] schema) throws DataException {
        return new Columns(columns(parse(schema, "key")));
    }

    /** Reads the columns of {@code after}, or of {@code before} if the envelope has no {@code after}. */
    static Columns rowColumns(byte[] envelope) throws DataException {
        JsonNode fields = parse(envelope, "value").path("fields");
        JsonNode row = field(fields, "after");
        return new Columns(columns(row.isMissingNode() ? field(fields, "before") : row));
    }

    /** A schema that is empty or null tells of no column: a tombstone has none for its value. */
    private static JsonNode parse(byte[] schema, String side) throws DataException {
        if (schema.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(schema);
        } catch (IOException e) {
            throw new DataException("the schema of the " + side + " is not JSON; the change cannot be read without it");
        }
    }

    private static JsonNode field(JsonNode fields, String name) {
        for (JsonNode field : fields) {
            if (field.path("field").asText().equals(name)) {
                return field;
            }
        }
        return MissingNode.getInstance();
    }

    private static List<Column> columns(JsonNode struct) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode field : struct.path("fields")) {
            columns.add(column(field.path("field").asText(), field, sourceType(field)));
        }
        return columns;
    }

    private static Column column(String name, JsonNode field, @Nullable String sourceType) {
        String type = field.path("type").asText();
        String semantic = field.hasNonNull("name") ? field.path("name").asText() : null;
        Column items = type.equals("array") ? column(name, field.path("items"), elementType(sourceType)) : null;
        ColumnTyping typing = ColumnTyping.of(type, semantic, sourceType);
        return new Column(
                name,
                typing.kind(),
                typing.encoding(),
                type,
                field.path("optional").asBoolean(),
                semantic,
                sourceType,
                size(field.path("parameters")),
                digits(field.path("parameters")),
                field.path("parameters").path(SOURCE_SCALE).asInt(0),
                items);
    }

    private static @Nullable String sourceType(JsonNode field) {
        JsonNode type = field.path("parameters").path(SOURCE_TYPE);
        return type.isTextual() ? type.asText().toUpperCase(Locale.ROOT) : null;
    }

    /** Postgres names the type of a list of x {@code _x}. */
    private static @Nullable String elementType(@Nullable String sourceType) {
        return sourceType != null && sourceType.startsWith("_") ? sourceType.substring(1) : null;
    }

    /** A number in precise form tells them also where source types are not told. */
    private static int digits(JsonNode parameters) {
        return parameters
                .path(SOURCE_LENGTH)
                .asInt(parameters.path(DECIMAL_PRECISION).asInt(0));
    }

    private static int size(JsonNode parameters) {
        return parameters.path("scale").asInt(parameters.path("length").asInt(0));
    }
}
