package io.millrace.common.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Writes one value of a row into its document: decodes what Debezium encoded. */
final class ValueWriter {

    private static final long MILLIS = 1_000L;
    private static final long MICROS = 1_000_000L;
    private static final long NANOS = 1_000_000_000L;

    private final JsonFactory json;
    private final DecimalForm decimals;
    private final boolean refusesPlaceholder;
    private final StringBuilder text = new StringBuilder();

    ValueWriter(JsonFactory json, DecimalForm decimals, boolean refusesPlaceholder) {
        this.json = json;
        this.decimals = decimals;
        this.refusesPlaceholder = refusesPlaceholder;
    }

    /** Writes the value the row stands at. A list is written element by element, whatever its depth. */
    void write(JsonParser row, JsonGenerator document, String name, @Nullable Column column)
            throws IOException, DataException {
        JsonToken token = row.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            document.writeNull();
            return;
        }
        if (refusesPlaceholder) {
            UnavailableValue.refuse(row, name);
        }
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
                document.writeString(temporal(number(row, column), column));
            case DECIMAL_TEXT -> writeDecimal(string(row, column), document);
            case DECIMAL_BYTES -> writeDecimal(decimal(string(row, column), column.size(), column), document);
            case DECIMAL_STRUCT -> writeDecimal(variableDecimal(row, column), document);
            case JSON_TEXT -> writeJson(row, document, column);
            case TEXT_BYTES -> document.writeString(textOfBytes(string(row, column)));
            case BITS -> document.writeString(bits(string(row, column), column));
            default -> throw misfit(column);
        }
    }

    private String temporal(long value, Column column) throws DataException {
        text.setLength(0);
        boolean fits = true;
        switch (column.encoding()) {
            case DAYS -> fits = value == (int) value;
            case TIME_MILLIS -> fits = Temporals.appendTime(value, MILLIS, text);
            case TIME_MICROS -> fits = Temporals.appendTime(value, MICROS, text);
            case TIME_NANOS -> fits = Temporals.appendTime(value, NANOS, text);
            case TIMESTAMP_MILLIS -> Temporals.appendTimestamp(value, MILLIS, text);
            case TIMESTAMP_MICROS -> Temporals.appendTimestamp(value, MICROS, text);
            default -> Temporals.appendTimestamp(value, NANOS, text);
        }
        if (!fits) {
            throw misfit(column);
        }
        if (column.encoding() == ValueEncoding.DAYS) {
            Temporals.appendDate(value, text);
        }
        return text.toString();
    }

    private void writeDecimal(String number, JsonGenerator document) throws IOException {
        if (decimals == DecimalForm.NUMBER && Decimals.isJsonNumber(number)) {
            document.writeNumber(number);
        } else {
            document.writeString(number);
        }
    }

    private static String decimal(String base64, int scale, Column column) throws DataException {
        String number = Decimals.text(base64, scale);
        if (number == null) {
            throw misfit(column);
        }
        return number;
    }

    private String variableDecimal(JsonParser row, Column column) throws IOException, DataException {
        if (row.currentToken() != JsonToken.START_OBJECT) {
            throw misfit(column);
        }
        int scale = 0;
        String unscaled = "";
        for (String field = row.nextFieldName(); field != null; field = row.nextFieldName()) {
            row.nextToken();
            if (field.equals("scale")) {
                scale = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number(row, column)));
            } else if (field.equals("value")) {
                if (refusesPlaceholder) {
                    UnavailableValue.refuse(row, column.name());
                }
                unscaled = string(row, column);
            } else {
                row.skipChildren();
            }
        }
        return decimal(unscaled, scale, column);
    }

    private void writeJson(JsonParser row, JsonGenerator document, Column column) throws IOException, DataException {
        requireString(row, column);
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
            throw notJson("the JSON in column \"" + column.name() + "\"", e);
        }
    }

    /** A column of bytes that Postgres gives a type of its own may hold bytes all the same: those stay base64. */
    private static String textOfBytes(String base64) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return base64;
        }
    }

    private static String bits(String base64, Column column) throws DataException {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
                byte swapped = bytes[i];
                bytes[i] = bytes[j];
                bytes[j] = swapped;
            }
            String digits = new BigInteger(1, bytes).toString(2);
            String known = digits.equals("0") ? "" : digits;
            return "0".repeat(Math.max(0, column.size() - known.length())) + known;
        } catch (IllegalArgumentException e) {
            throw misfit(column);
        }
    }

    private static long number(JsonParser row, Column column) throws IOException, DataException {
        if (row.currentToken() != JsonToken.VALUE_NUMBER_INT
                || row.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw misfit(column);
        }
        return row.getLongValue();
    }

    private static String string(JsonParser row, Column column) throws IOException, DataException {
        requireString(row, column);
        return row.getText();
    }

    private static void requireString(JsonParser row, Column column) throws DataException {
        if (row.currentToken() != JsonToken.VALUE_STRING) {
            throw misfit(column);
        }
    }

    private static DataException misfit(Column column) {
        String type = column.semantic() == null ? column.type() : column.semantic();
        return new DataException(
                "column \"" + column.name() + "\" holds a value that is no " + type + ", which its schema says it is");
    }

    /** Says where, not what: the text around a JSON error is payload. */
    static DataException notJson(String what, IOException error) {
        if (error instanceof JsonProcessingException at && at.getLocation() != null) {
            long offset =
                    Math.max(at.getLocation().getByteOffset(), at.getLocation().getCharOffset());
            return new DataException(what + " is not valid JSON at offset " + offset + " (or names a field twice)");
        }
        return new DataException(what + " is not valid JSON");
    }
}
