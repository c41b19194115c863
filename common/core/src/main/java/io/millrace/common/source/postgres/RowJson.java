package io.millrace.common.source.postgres;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The columns in the bytes of a row, found without reading their values: a row is written by {@link ConnectJson}, without spaces. */
public final class RowJson {

    private final byte[] row;
    private final List<Column> columns = new ArrayList<>();
    private int at;

    /**
     * Where the value of a column stands.
     *
     * @param name as JSON has it: quotes and control characters are escaped
     * @param start first byte of the value
     * @param end byte after the value
     */
    public record Column(String name, int start, int end) {}

    private RowJson(byte[] row) {
        this.row = row;
    }

    /** Finds the columns of a row. */
    public static List<Column> columns(byte[] row) {
        RowJson json = new RowJson(row);
        json.scan();
        return json.columns;
    }

    /** Returns a column's name as a row's JSON has it. */
    public static String escaped(String name) {
        return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(name));
    }

    /** Returns the row with other values, as JSON, for some of its columns. */
    public static byte[] with(byte[] row, List<Column> columns, Map<String, byte[]> values) {
        ByteArrayOutputStream filled = new ByteArrayOutputStream(row.length);
        int copied = 0;
        for (Column column : columns) {
            byte[] value = values.get(column.name());
            if (value != null) {
                filled.write(row, copied, column.start() - copied);
                filled.writeBytes(value);
                copied = column.end();
            }
        }
        filled.write(row, copied, row.length - copied);
        return filled.toByteArray();
    }

    private void scan() {
        at = 1;
        while (row[at] != '}') {
            int name = at + 1;
            skipText();
            int nameEnd = at - 1;
            at++;
            int start = at;
            skipValue();
            columns.add(new Column(new String(row, name, nameEnd - name, StandardCharsets.UTF_8), start, at));
            if (row[at] == ',') {
                at++;
            }
        }
    }

    private void skipValue() {
        int depth = 0;
        while (depth > 0 || (row[at] != ',' && row[at] != '}')) {
            switch (row[at]) {
                case '"' -> {
                    skipText();
                    continue;
                }
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
            at++;
        }
    }

    private void skipText() {
        at++;
        while (row[at] != '"') {
            at += row[at] == '\\' ? 2 : 1;
        }
        at++;
    }
}
