package io.millrace.common.serde.debezium;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A message undressed: what Connect's JSON converter wraps as {@code {"schema":…,"payload":…}}, or the bare value.
 *
 * @param schema null if the message is bare, or its schema is null
 */
record Dress(byte @Nullable [] schema, JsonRange payload) {

    private static final byte[] BEFORE_SCHEMA = "{\"schema\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BEFORE_PAYLOAD = ",\"payload\":".getBytes(StandardCharsets.US_ASCII);

    /**
     * Undresses a message. One that begins with the schema seen last is not scanned for it again: the payload's own
     * reader finds what is wrong behind it.
     *
     * @param lastSchema the schema of an earlier message of this topic, returned as it is if it is this one's too
     */
    static Dress of(byte[] message, byte @Nullable [] lastSchema, JsonFactory json) throws IOException {
        int payload = lastSchema == null ? -1 : payloadBehind(lastSchema, message);
        if (payload >= 0) {
            int end = lastBrace(message);
            return new Dress(lastSchema, new JsonRange(message, payload, Math.max(payload, end)));
        }
        JsonRange all = JsonRange.all(message);
        try (JsonParser parser = all.open(json)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? undress(all, parser) : new Dress(null, all);
        }
    }

    /** Reads on for as long as the message has the two fields of a wrapper and no other. */
    private static Dress undress(JsonRange all, JsonParser parser) throws IOException {
        JsonRange schema = null;
        JsonRange payload = null;
        boolean isObject = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("schema") && schema == null && mayBeSchema(value)) {
                isObject = value == JsonToken.START_OBJECT;
                schema = all.valueAt(parser);
            } else if (name.equals("payload") && payload == null) {
                payload = all.valueAt(parser);
            } else {
                return new Dress(null, all);
            }
        }
        if (schema == null || payload == null || parser.nextToken() != null) {
            return new Dress(null, all);
        }
        return new Dress(isObject ? schema.copy() : null, payload);
    }

    private static boolean mayBeSchema(@Nullable JsonToken value) {
        return value == JsonToken.START_OBJECT || value == JsonToken.VALUE_NULL;
    }

    /** Returns where the payload begins, or -1 if the message does not begin with this schema. */
    private static int payloadBehind(byte[] schema, byte[] message) {
        int middle = BEFORE_SCHEMA.length + schema.length;
        int payload = middle + BEFORE_PAYLOAD.length;
        boolean same = message.length > payload
                && Arrays.equals(BEFORE_SCHEMA, 0, BEFORE_SCHEMA.length, message, 0, BEFORE_SCHEMA.length)
                && Arrays.equals(BEFORE_PAYLOAD, 0, BEFORE_PAYLOAD.length, message, middle, payload)
                && Arrays.equals(schema, 0, schema.length, message, BEFORE_SCHEMA.length, middle);
        return same ? payload : -1;
    }

    /** Returns the place of the brace that closes the wrapper; the end, and so a broken payload, if there is none. */
    private static int lastBrace(byte[] message) {
        int last = message.length - 1;
        while (last > 0 && isSpace(message[last])) {
            last--;
        }
        return message[last] == '}' ? last : message.length;
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }
}
