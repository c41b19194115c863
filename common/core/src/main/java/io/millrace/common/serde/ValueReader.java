package io.millrace.common.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Reads one value of a row: decodes what Debezium encoded. Each method reads the value that the parser stands at, and
 * throws a {@link DataException} for one that its column's schema does not allow. An instance belongs to one thread.
 */
public final class ValueReader {

    private static final long MILLIS = 1_000L;
    private static final long MICROS = 1_000_000L;
    private static final long NANOS = 1_000_000_000L;

    private static final JsonFactory JSON = new JsonFactory();

    private final boolean refusesPlaceholder;
    private final StringBuilder text = new StringBuilder();

    /**
     * Makes a reader.
     *
     * @param refusesPlaceholder see {@link io.millrace.common.event.RowChange#mayHoldPlaceholder}
     */
    public ValueReader(boolean refusesPlaceholder) {
        this.refusesPlaceholder = refusesPlaceholder;
    }

    /** Throws if the value is the placeholder of a large one and this reader refuses it. */
    public void refusePlaceholder(JsonParser row, String column) throws IOException, DataException {
        if (refusesPlaceholder) {
            UnavailableValue.refuse(row, column);
        }
    }

    /** Returns a whole number. */
    public static long number(JsonParser row, Column column) throws IOException, DataException {
        if (row.currentToken() != JsonToken.VALUE_NUMBER_INT
                || row.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw misfit(column);
        }
        return row.getLongValue();
    }

    /** Returns an exact number as text: NaN and the infinities, which Postgres knows too, by these names. */
    public String decimal(JsonParser row, Column column) throws IOException, DataException {
        return switch (column.encoding()) {
            case DECIMAL_BYTES -> decimal(string(row, column), column.size(), column);
            case DECIMAL_STRUCT -> variableDecimal(row, column);
            default -> row.currentToken().isNumeric() ? row.getText() : string(row, column);
        };
    }

    /** Returns bytes. */
    public static byte[] bytes(JsonParser row, Column column) throws IOException, DataException {
        try {
            return Base64.getDecoder().decode(string(row, column));
        } catch (IllegalArgumentException e) {
            throw misfit(column);
        }
    }

    /** Returns a value of any kind as the text that a document shows; JSON as it came. */
    public String text(JsonParser row, Column column) throws IOException, DataException {
        return switch (column.encoding()) {
            case DAYS, TIME_MILLIS, TIME_MICROS, TIME_NANOS, TIMESTAMP_MILLIS, TIMESTAMP_MICROS, TIMESTAMP_NANOS ->
                temporal(row, column);
            case ISO_ZULU -> withoutZone(row, column);
            case DECIMAL_BYTES, DECIMAL_STRUCT -> decimal(row, column);
            case TEXT_BYTES -> textOfBytes(string(row, column));
            case BITS -> bits(row, column);
            default -> plain(row, column);
        };
    }

    private String plain(JsonParser row, Column column) throws IOException, DataException {
        if (!row.currentToken().isStructStart()) {
            return row.getText();
        }
        StringWriter written = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(written)) {
            if (refusesPlaceholder) {
                Tokens.copyRowValue(row, json, column.name());
            } else {
                Tokens.copy(row, json);
            }
        }
        return written.toString();
    }

    String temporal(JsonParser row, Column column) throws IOException, DataException {
        return temporal(number(row, column), column);
    }

    /** Returns a date or time as ISO-8601. */
    String temporal(long value, Column column) throws DataException {
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

    /** Returns a date or time that came as text, without the zone that its type does not have. */
    public static String withoutZone(JsonParser row, Column column) throws IOException, DataException {
        String iso = string(row, column);
        return iso.endsWith("Z") ? iso.substring(0, iso.length() - 1) : iso;
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
                refusePlaceholder(row, column.name());
                unscaled = string(row, column);
            } else {
                row.skipChildren();
            }
        }
        return decimal(unscaled, scale, column);
    }

    /** A column of bytes that Postgres gives a type of its own may hold bytes all the same: those stay base64. */
    static String textOfBytes(String base64) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return base64;
        }
    }

    static String bits(JsonParser row, Column column) throws IOException, DataException {
        byte[] bytes = bytes(row, column);
        for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
            byte swapped = bytes[i];
            bytes[i] = bytes[j];
            bytes[j] = swapped;
        }
        String digits = new BigInteger(1, bytes).toString(2);
        String known = digits.equals("0") ? "" : digits;
        return "0".repeat(Math.max(0, column.size() - known.length())) + known;
    }

    static String string(JsonParser row, Column column) throws IOException, DataException {
        requireString(row, column);
        return row.getText();
    }

    static void requireString(JsonParser row, Column column) throws DataException {
        if (row.currentToken() != JsonToken.VALUE_STRING) {
            throw misfit(column);
        }
    }

    /** Returns the error of a value that is not of its column's type. */
    public static DataException misfit(Column column) {
        String type = column.semantic() == null ? column.type() : column.semantic();
        return new DataException(
                "column \"" + column.name() + "\" holds a value that is no " + type + ", which its schema says it is");
    }

    /** Returns the error of what is no JSON. It says where, not what: the text around a JSON error is payload. */
    public static DataException notJson(String what, IOException error) {
        if (error instanceof JsonProcessingException at && at.getLocation() != null) {
            long offset =
                    Math.max(at.getLocation().getByteOffset(), at.getLocation().getCharOffset());
            return new DataException(what + " is not valid JSON at offset " + offset + " (or names a field twice)");
        }
        return new DataException(what + " is not valid JSON");
    }
}
