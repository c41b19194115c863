package io.millrace.common.source.postgres;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Writes a Connect struct as JSON, in the words of Connect's own JSON converter, in one pass and straight to bytes.
 * Two things differ: a null stays null where the converter would put the column's default, and a value that
 * Postgres did not send becomes {@link Unchanged#JSON}.
 */
public final class ConnectJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final String placeholder;
    private final byte[] placeholderBytes;

    /**
     * Makes a writer.
     *
     * @param placeholder the text that stands in structs for a value that was not sent
     */
    public ConnectJson(String placeholder) {
        this.placeholder = placeholder;
        this.placeholderBytes = placeholder.getBytes(StandardCharsets.UTF_8);
    }

    /** Makes one that knows the placeholder of a configuration. */
    static ConnectJson of(PostgresConnectorConfig config) {
        return new ConnectJson(config.getConfig().getString("unavailable.value.placeholder"));
    }

    /** Writes a struct as an object. */
    public byte[] write(Struct struct) throws IOException {
        return write(struct, Map.of());
    }

    /**
     * Writes a struct.
     *
     * @param replaced values to write instead of those of the struct's own fields, by name
     */
    byte[] write(Struct struct, Map<String, Object> replaced) throws IOException {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder()) {
            try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
                json.writeStartObject();
                for (Field field : struct.schema().fields()) {
                    json.writeFieldName(field.name());
                    Object own = struct.getWithoutDefault(field.name());
                    writeValue(replaced.getOrDefault(field.name(), own), field.schema(), json);
                }
                json.writeEndObject();
            }
            return bytes.toByteArray();
        }
    }

    /** Writes one value. */
    public byte[] value(@Nullable Object value, Schema schema) throws IOException {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder()) {
            try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
                writeValue(value, schema, json);
            }
            return bytes.toByteArray();
        }
    }

    private void writeValue(@Nullable Object value, Schema schema, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNull();
            return;
        }
        switch (schema.type()) {
            case INT8, INT16, INT32 -> json.writeNumber(((Number) value).intValue());
            case INT64 -> json.writeNumber(((Number) value).longValue());
            case FLOAT32 -> json.writeNumber((Float) value);
            case FLOAT64 -> json.writeNumber((Double) value);
            case BOOLEAN -> json.writeBoolean((Boolean) value);
            case STRING -> writeText(value.toString(), json);
            case BYTES -> writeBytes(value, json);
            case ARRAY -> writeArray((List<?>) value, schema.valueSchema(), json);
            case MAP -> writeMap((Map<?, ?>) value, schema.valueSchema(), json);
            case STRUCT -> writeStruct((Struct) value, json);
        }
    }

    private void writeText(String text, JsonGenerator json) throws IOException {
        if (text.equals(placeholder)) {
            json.writeRawValue(Unchanged.JSON);
        } else {
            json.writeString(text);
        }
    }

    private void writeBytes(Object value, JsonGenerator json) throws IOException {
        byte[] bytes = value instanceof ByteBuffer buffer ? copy(buffer) : (byte[]) value;
        if (Arrays.equals(bytes, placeholderBytes)) {
            json.writeRawValue(Unchanged.JSON);
        } else {
            json.writeBinary(bytes);
        }
    }

    private static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @SuppressWarnings("ReferenceEquality") // an empty array equals the marker, but is not it
    private void writeArray(List<?> values, Schema element, JsonGenerator json) throws IOException {
        if (values == Unchanged.ARRAY) {
            json.writeRawValue(Unchanged.JSON);
            return;
        }
        json.writeStartArray();
        for (Object value : values instanceof ArrayElements.Nested nested ? nested.rows() : values) {
            if (value instanceof List<?> inner) {
                writeArray(inner, element, json);
            } else {
                writeValue(value, element, json);
            }
        }
        json.writeEndArray();
    }

    private void writeMap(Map<?, ?> values, Schema element, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            json.writeFieldName(String.valueOf(entry.getKey()));
            writeValue(entry.getValue(), element, json);
        }
        json.writeEndObject();
    }

    private void writeStruct(Struct struct, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (Field field : struct.schema().fields()) {
            json.writeFieldName(field.name());
            writeValue(struct.getWithoutDefault(field.name()), field.schema(), json);
        }
        json.writeEndObject();
    }
}
