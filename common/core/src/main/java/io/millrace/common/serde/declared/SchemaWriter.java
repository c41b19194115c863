package io.millrace.common.serde.declared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.common.event.RowSchema;
import io.millrace.common.serde.declared.DeclaredTable.DeclaredColumn;
import java.util.List;
import java.util.Locale;

/**
 * Writes the schema that Debezium would have put beside the messages of a table, had it been asked to, and to tell the
 * source's types as well ({@code column.propagate.source.type}).
 */
final class SchemaWriter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOURCE = "__debezium.source.column.";

    /** Outer fields that say where a change comes from; all may be missing. */
    private static final List<String> SOURCE_TEXTS =
            List.of("version", "connector", "name", "snapshot", "db", "sequence", "schema", "table");

    private static final List<String> SOURCE_NUMBERS = List.of("ts_ms", "txId", "lsn", "xmin");

    private final Dialect dialect;

    SchemaWriter(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Returns the schema.
     *
     * @param name of the table, with its schema
     * @param key the columns of the message's key, in its order; those that the table does not declare are left out
     */
    RowSchema write(String name, DeclaredTable table, List<String> key) {
        ObjectNode keys = struct(name + ".Key", false);
        for (String column : key) {
            DeclaredColumn declared = table.columns().get(column);
            if (declared != null) {
                fields(keys).add(field(column, declared.type(), false));
            }
        }
        ObjectNode envelope = struct(name + ".Envelope", false);
        fields(envelope)
                .add(row(name, "before", table, key))
                .add(row(name, "after", table, key))
                .add(source())
                .add(scalar("string", "op", false))
                .add(scalar("int64", "ts_ms", true));
        return new RowSchema(bytes(keys), bytes(envelope));
    }

    private ObjectNode row(String name, String side, DeclaredTable table, List<String> key) {
        ObjectNode row = struct(name + ".Value", true);
        table.columns()
                .forEach((column, declared) ->
                        fields(row).add(field(column, declared.type(), declared.optional() && !key.contains(column))));
        return row.put("field", side);
    }

    private ObjectNode field(String name, PostgresType type, boolean optional) {
        String sourceType = type.name().toUpperCase(Locale.ROOT);
        ObjectNode field;
        if (type.array()) {
            field = JSON.createObjectNode().put("type", "array");
            field.set("items", described(FieldForms.ofElement(type.element(), dialect), true));
            sourceType = "_" + sourceType;
        } else {
            field = described(FieldForms.of(type, dialect), optional);
        }
        ObjectNode parameters = field.withObject("/parameters").put(SOURCE + "type", sourceType);
        if (type.name().equals("numeric") && type.size() >= 0) {
            parameters.put(SOURCE + "length", Integer.toString(type.size()));
            parameters.put(SOURCE + "scale", Integer.toString(Math.max(0, type.scale())));
        }
        return field.put("optional", optional).put("field", name);
    }

    private static ObjectNode described(FieldForm form, boolean optional) {
        ObjectNode field = JSON.createObjectNode().put("type", form.type()).put("optional", optional);
        if (form.semantic() != null) {
            field.put("name", form.semantic()).put("version", 1);
        }
        if (!form.parameters().isEmpty()) {
            ObjectNode parameters = field.putObject("parameters");
            form.parameters().forEach(parameters::put);
        }
        return field;
    }

    private static ObjectNode source() {
        ObjectNode source = struct("io.debezium.connector.postgresql.Source", true);
        SOURCE_TEXTS.forEach(name -> fields(source).add(scalar("string", name, true)));
        SOURCE_NUMBERS.forEach(name -> fields(source).add(scalar("int64", name, true)));
        return source.put("field", "source");
    }

    private static ObjectNode scalar(String type, String name, boolean optional) {
        return JSON.createObjectNode()
                .put("type", type)
                .put("optional", optional)
                .put("field", name);
    }

    private static ObjectNode struct(String name, boolean optional) {
        ObjectNode struct = JSON.createObjectNode().put("type", "struct");
        struct.putArray("fields");
        return struct.put("optional", optional).put("name", name);
    }

    private static ArrayNode fields(ObjectNode struct) {
        return struct.withArray("/fields");
    }

    private static byte[] bytes(ObjectNode schema) {
        try {
            return JSON.writeValueAsBytes(schema);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can be written", e);
        }
    }
}
