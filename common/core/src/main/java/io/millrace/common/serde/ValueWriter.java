package io.millrace.common.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes one value of a row into its document. */
final class ValueWriter {

    private final JsonFactory json;
    private final DecimalForm decimals;
    private final boolean refusesPlaceholder;
    private final ValueReader values;

    ValueWriter(JsonFactory json, DecimalForm decimals, boolean refusesPlaceholder) {
        this.json = json;
        this.decimals = decimals;
        this.refusesPlaceholder = refusesPlaceholder;
        this.values = new ValueReader(refusesPlaceholder);
    }

    /** Writes the value the row stands at. A list is written element by element, whatever its depth. */
    void write(JsonParser row, JsonGenerator document, String name, @Nullable Column column)
            throws IOException, DataException {
        JsonToken token = row.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            document.writeNull();
            return;
        }
        values.refusePlaceholder(row, name);
        if (token == JsonToken.START_ARRAY) {
            Column element = column != null && column.items() != null ? column.items() : column;
            document.writeStartArray();
            while (row.nextToken() != JsonToken.END_ARRAY) {
                write(row, document, name, element);
            }
            document.writeEndArray();
        } else if (column == null || column.encoding() == ValueEncoding.AS_IS) {
            copy(row, document, name);
        } else {
            decode(row, document, column);
        }
    }

    private void copy(JsonParser row, JsonGenerator document, String name) throws IOException, DataException {
        if (refusesPlaceholder) {
            Tokens.copyRowValue(row, document, name);
        } else {
            Tokens.copy(row, document);
        }
    }

    private void decode(JsonParser row, JsonGenerator document, Column column) throws IOException, DataException {
        switch (column.encoding()) {
            case DAYS, TIME_MILLIS, TIME_MICROS, TIME_NANOS, TIMESTAMP_MILLIS, TIMESTAMP_MICROS, TIMESTAMP_NANOS ->
                document.writeString(values.temporal(row, column));
            case ISO_ZULU -> document.writeString(ValueReader.withoutZone(row, column));
            case DECIMAL_TEXT -> writeDecimal(ValueReader.string(row, column), document);
            case DECIMAL_BYTES, DECIMAL_STRUCT -> writeDecimal(values.decimal(row, column), document);
            case JSON_TEXT -> writeJson(row, document, column);
            case TEXT_BYTES -> document.writeString(ValueReader.textOfBytes(ValueReader.string(row, column)));
            case BITS -> document.writeString(ValueReader.bits(row, column));
            default -> throw ValueReader.misfit(column);
        }
    }

    private void writeDecimal(String number, JsonGenerator document) throws IOException {
        if (decimals == DecimalForm.NUMBER && Decimals.isJsonNumber(number)) {
            document.writeNumber(number);
        } else {
            document.writeString(number);
        }
    }

    private void writeJson(JsonParser row, JsonGenerator document, Column column) throws IOException, DataException {
        ValueReader.requireString(row, column);
        try (JsonParser nested = json.createParser(row.getTextCharacters(), row.getTextOffset(), row.getTextLength())) {
            if (nested.nextToken() == null) {
                throw new DataException("column \"" + column.name() + "\" holds no JSON");
            }
            Tokens.copy(nested, document);
            if (nested.nextToken() != null) {
                throw new DataException("column \"" + column.name() + "\" holds more than one JSON value");
            }
        } catch (StreamConstraintsException e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw ValueReader.notJson("the JSON in column \"" + column.name() + "\"", e);
        }
    }
}
