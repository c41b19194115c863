package io.millrace.common.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.millrace.common.failure.DataException;
import java.io.IOException;

/** Copies JSON values without loss: a number keeps every digit as it was written. */
final class Tokens {

    private Tokens() {}

    /** Copies the value the parser stands at. */
    static void copy(JsonParser from, JsonGenerator to) throws IOException {
        int depth = 0;
        do {
            depth += copyToken(from, to);
        } while (depth > 0 && from.nextToken() != null);
    }

    /** Copies as {@link #copy} does, and refuses a placeholder anywhere inside. */
    static void copyRowValue(JsonParser from, JsonGenerator to, String column) throws IOException, DataException {
        int depth = 0;
        do {
            UnavailableValue.refuse(from, column);
            depth += copyToken(from, to);
        } while (depth > 0 && from.nextToken() != null);
    }

    /** Copies one token and returns by how much it nests deeper. */
    private static int copyToken(JsonParser from, JsonGenerator to) throws IOException {
        switch (from.currentToken()) {
            case START_OBJECT -> to.writeStartObject();
            case START_ARRAY -> to.writeStartArray();
            case END_OBJECT -> to.writeEndObject();
            case END_ARRAY -> to.writeEndArray();
            case FIELD_NAME -> to.writeFieldName(from.currentName());
            case VALUE_STRING -> to.writeString(from.getTextCharacters(), from.getTextOffset(), from.getTextLength());
            case VALUE_NUMBER_INT ->
                to.writeNumber(from.getTextCharacters(), from.getTextOffset(), from.getTextLength());
            case VALUE_NUMBER_FLOAT -> copyNumber(from, to);
            case VALUE_TRUE -> to.writeBoolean(true);
            case VALUE_FALSE -> to.writeBoolean(false);
            default -> to.writeNull();
        }
        return from.currentToken().isStructStart() ? 1 : from.currentToken().isStructEnd() ? -1 : 0;
    }

    private static void copyNumber(JsonParser from, JsonGenerator to) throws IOException {
        String number = from.getText();
        if (Decimals.isJsonNumber(number)) {
            to.writeNumber(number);
        } else {
            to.writeString(number);
        }
    }
}
