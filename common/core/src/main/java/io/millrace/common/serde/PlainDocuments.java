package io.millrace.common.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes documents of plain rows without a parser, but for values that only one tells: copies what a document shows as it
 * came, in pieces as long as possible. What it makes is to the byte what {@link DocumentWriter} makes with a parser; an instance belongs to one
 * thread.
 */
final class PlainDocuments {

    private static final JsonFactory JSON = DocumentWriter.json(DocumentWriter.MOST_DEPTH - 1);

    private final DecimalForm decimals;
    private final BoundedBytes out;
    private final ValueReader values = new ValueReader(false);
    private final ValueWriter trusting;
    private final ValueWriter refusing;

    /** Until where the row is in the document. */
    private int copied;

    PlainDocuments(DecimalForm decimals, BoundedBytes out) {
        this.decimals = decimals;
        this.out = out;
        this.trusting = new ValueWriter(JSON, decimals, false);
        this.refusing = new ValueWriter(JSON, decimals, true);
    }

    /**
     * Returns the document, which is the row itself if nothing in it is shown otherwise; null if the row is not plain,
     * or holds what a parser refuses.
     */
    byte @Nullable [] write(byte[] row, PlainColumns columns, boolean mayHoldPlaceholder)
            throws IOException, DataException {
        out.clear();
        copied = 0;
        ValueWriter parsed = mayHoldPlaceholder ? refusing : trusting;
        int at = 1;
        for (int i = 0; i < columns.size(); i++) {
            int value = columns.pastName(i, row, at);
            int end = value == PlainJson.UNKNOWN ? value : pastValue(row, value, columns.column(i), parsed);
            if (end == PlainJson.UNKNOWN || (mayHoldPlaceholder && UnavailableValue.isAt(row, value, end))) {
                return null;
            }
            if (!PlainJson.is(row, end, row.length, ',')) {
                return isWhole(row, end) ? document(row) : null;
            }
            at = end + 1;
        }
        return null;
    }

    private static boolean isWhole(byte[] row, int end) {
        return row[0] == '{' && end == row.length - 1 && row[end] == '}';
    }

    private byte[] document(byte[] row) throws IOException {
        if (copied == 0) {
            return row;
        }
        out.write(row, copied, row.length - copied);
        return out.copy();
    }

    /** Passes a value, and writes it if it is shown otherwise. */
    private int pastValue(byte[] row, int from, Column column, ValueWriter parsed) throws IOException, DataException {
        if (PlainJson.is(row, from, row.length, 'n')) {
            return PlainJson.pastValue(row, from, row.length);
        }
        // whether an object names a field twice, and what a list's elements are, is for a parser
        if (PlainJson.is(row, from, row.length, '{') || PlainJson.is(row, from, row.length, '[')) {
            return writeParsed(row, from, column, parsed);
        }
        return switch (column.encoding()) {
            case AS_IS -> PlainJson.pastValue(row, from, row.length);
            case DAYS, TIME_MILLIS, TIME_MICROS, TIME_NANOS, TIMESTAMP_MILLIS, TIMESTAMP_MICROS, TIMESTAMP_NANOS ->
                writeTime(row, from, column);
            case ISO_ZULU -> writeWithoutZone(row, from);
            case DECIMAL_TEXT, DECIMAL_BYTES -> writeDecimal(row, from, column);
            default -> writeParsed(row, from, column, parsed);
        };
    }

    /** Lets a parser have one value; what it refuses, it refuses again as part of the row, and says where. */
    private int writeParsed(byte[] row, int from, Column column, ValueWriter parsed) throws IOException {
        int end = PlainJson.pastValue(row, from, row.length);
        if (end == PlainJson.UNKNOWN) {
            return end;
        }
        out.write(row, copied, from - copied);
        try (JsonParser value = JSON.createParser(row, from, end - from);
                JsonGenerator document = JSON.createGenerator(out)) {
            value.nextToken();
            parsed.write(value, document, column.name(), column);
        } catch (IOException | DataException e) {
            return PlainJson.UNKNOWN;
        }
        copied = end;
        return end;
    }

    private int writeTime(byte[] row, int from, Column column) throws IOException, DataException {
        int end = PlainJson.pastWhole(row, from, row.length);
        if (!PlainJson.isLong(row, from, end)) {
            return PlainJson.UNKNOWN;
        }
        replace(row, from, end, '"' + values.temporal(PlainJson.number(row, from, end), column) + '"');
        return end;
    }

    private int writeWithoutZone(byte[] row, int from) throws IOException {
        int end = PlainJson.pastText(row, from, row.length);
        if (end != PlainJson.UNKNOWN && row[end - 2] == 'Z') {
            replace(row, end - 2, end - 1, "");
        }
        return end;
    }

    private int writeDecimal(byte[] row, int from, Column column) throws IOException, DataException {
        int end = PlainJson.pastText(row, from, row.length);
        if (end == PlainJson.UNKNOWN) {
            return end;
        }
        String text = new String(row, from + 1, end - from - 2, StandardCharsets.ISO_8859_1);
        String number = column.encoding() == ValueEncoding.DECIMAL_TEXT ? text : Decimals.text(text, column.size());
        if (number == null) {
            return PlainJson.UNKNOWN;
        }
        if (decimals == DecimalForm.NUMBER && Decimals.isJsonNumber(number)) {
            replace(row, from, end, number);
        } else if (column.encoding() != ValueEncoding.DECIMAL_TEXT) {
            replace(row, from, end, '"' + number + '"');
        }
        return end;
    }

    /** Writes the row up to a place, and a text in ASCII for what is between it and the end. */
    private void replace(byte[] row, int from, int end, String text) throws IOException {
        out.write(row, copied, from - copied);
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        out.write(bytes, 0, bytes.length);
        copied = end;
    }
}
