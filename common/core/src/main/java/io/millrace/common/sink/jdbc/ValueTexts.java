package io.millrace.common.sink.jdbc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.ColumnKind;
import io.millrace.common.serde.ValueReader;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values as the text that Postgres reads for the column that they go to. Belongs to one thread. */
final class ValueTexts {

    private final ValueReader values;

    ValueTexts(ValueReader values) {
        this.values = values;
    }

    /**
     * Returns the value that the parser stands at; null for null.
     *
     * @throws DataException if it is not of its column's type
     */
    @Nullable
    String text(JsonParser row, Column column) throws IOException, DataException {
        if (row.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        values.refusePlaceholder(row, column.name());
        if (column.kind() == ColumnKind.ARRAY) {
            if (row.currentToken() != JsonToken.START_ARRAY) {
                throw ValueReader.misfit(column);
            }
            StringBuilder list = new StringBuilder();
            appendList(row, Objects.requireNonNullElse(column.items(), column), list);
            return list.toString();
        }
        return scalar(row, column);
    }

    /** Writes a list as Postgres' array literal; a list in it is one of its dimensions. */
    private void appendList(JsonParser row, Column item, StringBuilder out) throws IOException, DataException {
        out.append('{');
        String separator = "";
        while (row.nextToken() != JsonToken.END_ARRAY) {
            out.append(separator);
            separator = ",";
            if (row.currentToken() == JsonToken.START_ARRAY && item.kind() != ColumnKind.JSON) {
                appendList(row, item.items() == null ? item : item.items(), out);
            } else {
                appendItem(text(row, item), out);
            }
        }
        out.append('}');
    }

    private static void appendItem(@Nullable String text, StringBuilder out) {
        if (text == null) {
            out.append("NULL");
            return;
        }
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '"' || letter == '\\') {
                out.append('\\');
            }
            out.append(letter);
        }
        out.append('"');
    }

    private String scalar(JsonParser row, Column column) throws IOException, DataException {
        return switch (column.encoding()) {
            case DAYS -> PostgresTimes.date(ValueReader.number(row, column), column);
            case TIME_MILLIS -> PostgresTimes.time(millis(row, column), column);
            case TIME_MICROS -> PostgresTimes.time(ValueReader.number(row, column), column);
            case TIME_NANOS -> PostgresTimes.time(nanos(row, column), column);
            case TIMESTAMP_MILLIS -> PostgresTimes.timestamp(millis(row, column), "");
            case TIMESTAMP_MICROS -> PostgresTimes.timestamp(ValueReader.number(row, column), "");
            case TIMESTAMP_NANOS -> PostgresTimes.timestamp(nanos(row, column), "");
            default -> plain(row, column);
        };
    }

    private static long millis(JsonParser row, Column column) throws IOException, DataException {
        return PostgresTimes.ofMillis(ValueReader.number(row, column), column);
    }

    private static long nanos(JsonParser row, Column column) throws IOException, DataException {
        return PostgresTimes.ofNanos(ValueReader.number(row, column), column);
    }

    private String plain(JsonParser row, Column column) throws IOException, DataException {
        return switch (column.kind()) {
            case BYTES -> "\\x" + HexFormat.of().formatHex(ValueReader.bytes(row, column));
            case TIMESTAMP_TZ -> PostgresTimes.zoned(values.text(row, column), column);
            case DECIMAL -> values.decimal(row, column);
            default -> values.text(row, column);
        };
    }
}
