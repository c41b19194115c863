package io.millrace.common.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.event.RowSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;

/** A table as Debezium would describe it, with rows as Kafka Connect's own converter writes them. */
public final class SampleTable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Schema> columns = new LinkedHashMap<>();
    private final Map<String, Schema> keyColumns = new LinkedHashMap<>();
    private final JsonConverter converter = new JsonConverter();

    public SampleTable() {
        converter.configure(Map.of("schemas.enable", true), false);
    }

    /** Adds a column; {@code sourceType} is Postgres' name of its type. */
    public SampleTable column(String name, String sourceType, SchemaBuilder type) {
        columns.put(
                name,
                type.optional()
                        .parameter("__debezium.source.column.type", sourceType)
                        .build());
        return this;
    }

    /** Adds a column that is never null. */
    public SampleTable required(String name, String sourceType, SchemaBuilder type) {
        columns.put(
                name,
                type.parameter("__debezium.source.column.type", sourceType).build());
        return this;
    }

    public SampleTable key(String name, String sourceType, SchemaBuilder type) {
        keyColumns.put(
                name,
                type.parameter("__debezium.source.column.type", sourceType).build());
        columns.put(name, keyColumns.get(name));
        return this;
    }

    /** Adds a column of the key as Debezium does: only the row tells the source's type, and digits if it has any. */
    public SampleTable numericKey(String name, int digits, int scale) {
        keyColumns.put(name, Schema.STRING_SCHEMA);
        SchemaBuilder inRow = SchemaBuilder.string();
        if (digits > 0) {
            inRow.parameter("__debezium.source.column.length", Integer.toString(digits))
                    .parameter("__debezium.source.column.scale", Integer.toString(scale));
        }
        return required(name, "NUMERIC", inRow);
    }

    /** Adds a column of the key that is bytes by the key's schema, and by the row's a type that Debezium does not know. */
    public SampleTable unknownKey(String name, String sourceType) {
        keyColumns.put(name, Schema.BYTES_SCHEMA);
        return required(name, sourceType, SchemaBuilder.bytes());
    }

    public RowSchema schema() {
        Schema envelope = SchemaBuilder.struct()
                .name("sample.Envelope")
                .field("before", struct(columns))
                .field("after", struct(columns))
                .field("op", Schema.STRING_SCHEMA)
                .build();
        return new RowSchema(schemaJson(struct(keyColumns)), schemaJson(envelope));
    }

    /** Returns a row as JSON; columns that are not named are null. */
    public byte[] row(Map<String, ?> values) {
        return payload(struct(columns), values);
    }

    public byte[] keyOf(Map<String, ?> values) {
        return payload(struct(keyColumns), values);
    }

    private static Schema struct(Map<String, Schema> fields) {
        SchemaBuilder struct = SchemaBuilder.struct().optional().name("sample.Value");
        fields.forEach(struct::field);
        return struct.build();
    }

    private byte[] schemaJson(Schema schema) {
        return bytes(JSON.valueToTree(converter.asJsonSchema(schema)));
    }

    private byte[] payload(Schema schema, Map<String, ?> values) {
        Struct struct = new Struct(schema);
        values.forEach(struct::put);
        try {
            JsonNode message = JSON.readTree(converter.fromConnectData("sample", schema, struct));
            return bytes(message.get("payload"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
