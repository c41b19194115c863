package io.millrace.common.serde.debezium;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The outer fields of a message value; rows and source stay bytes.
 *
 * @param op null if the message has none, because it is no row change
 * @param names every outer field, of a message without {@code op}; nobody asks for them else
 */
record Envelope(
        @Nullable String op,
        byte @Nullable [] before,
        byte @Nullable [] after,
        byte @Nullable [] source,
        Set<String> names) {

    static Envelope read(JsonRange payload, JsonFactory json) throws IOException, DataException {
        Envelope plain = PlainEnvelope.read(payload);
        return plain == null ? parsed(payload, json) : plain;
    }

    /** Reads any payload. */
    static Envelope parsed(JsonRange payload, JsonFactory json) throws IOException, DataException {
        try (JsonParser parser = payload.open(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new DataException("the value is no JSON object; Debezium's change events are");
            }
            Envelope envelope = read(payload, parser);
            if (parser.nextToken() != null) {
                throw new DataException("the value goes on after its end; one JSON object was expected");
            }
            return envelope;
        }
    }

    private static Envelope read(JsonRange payload, JsonParser parser) throws IOException, DataException {
        String op = null;
        byte[] before = null;
        byte[] after = null;
        byte[] source = null;
        Set<String> names = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (!names.add(name)) {
                throw new DataException("the value has a field twice; which one holds cannot be told");
            }
            parser.nextToken();
            switch (name) {
                case "op" -> op = text(parser);
                case "before" -> before = object(name, payload, parser);
                case "after" -> after = object(name, payload, parser);
                case "source" -> source = object(name, payload, parser);
                default -> parser.skipChildren();
            }
        }
        return new Envelope(op, before, after, source, names);
    }

    private static String text(JsonParser parser) throws IOException, DataException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new DataException("`op` is no text; Debezium's are c, u, d, r and t");
        }
        return parser.getText();
    }

    private static byte @Nullable [] object(String name, JsonRange payload, JsonParser parser)
            throws IOException, DataException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case START_OBJECT -> payload.valueAt(parser).copy();
            default -> throw new DataException("`" + name + "` is neither an object nor null");
        };
    }
}
