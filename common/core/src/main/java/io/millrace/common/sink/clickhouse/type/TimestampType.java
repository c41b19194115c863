package io.millrace.common.sink.clickhouse.type;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.PlainJson;
import io.millrace.common.serde.ValueReader;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * Points in time from 1900 to 2299, or with nanoseconds to 2261, in UTC: those of a zone, and those without one as they are read. The last one stands
 * for infinity, the first one for its opposite.
 *
 * @param digits of a second, 0 to 9
 */
record TimestampType(int digits) implements CellType {

    private static final long FIRST = DateType.FIRST * 86_400;
    private static final long LAST = DateType.LAST * 86_400 + 86_399;
    private static final int NANO_DIGITS = 9;
    private static final long NANOS = 1_000_000_000L;

    /** Debezium's stand-ins for the infinities, to the millisecond. */
    private static final long INFINITY_MILLIS = 9_223_372_036_825_200L;

    private static final long MINUS_INFINITY_MILLIS = -9_223_372_036_832_400L;

    @Override
    public String ddl() {
        return "DateTime64(" + digits + ", 'UTC')";
    }

    @Override
    public void write(JsonParser row, Column column, ValueReader values, RowBinary out)
            throws IOException, DataException {
        if (row.currentToken() == JsonToken.VALUE_STRING) {
            write(instant(row.getText(), column), column, out);
            return;
        }
        long value = ValueReader.number(row, column);
        switch (column.encoding()) {
            case TIMESTAMP_MILLIS -> write(value, 1_000L, column, out);
            case TIMESTAMP_MICROS -> write(value, 1_000_000L, column, out);
            case TIMESTAMP_NANOS -> write(value, NANOS, column, out);
            default -> throw ValueReader.misfit(column);
        }
    }

    @Override
    public boolean writePlain(byte[] row, int from, int to, Column column, RowBinary out) {
        long unitsPerSecond = switch (column.encoding()) {
            case TIMESTAMP_MILLIS -> 1_000L;
            case TIMESTAMP_MICROS -> 1_000_000L;
            case TIMESTAMP_NANOS -> NANOS;
            default -> 0;
        };
        int begin = out.size();
        try {
            if (row[from] == '"') {
                Instant instant = PlainInstant.at(row, from, to);
                if (instant != null) {
                    write(instant, column, out);
                }
            } else if (unitsPerSecond > 0 && PlainJson.isLong(row, from, to)) {
                write(PlainJson.number(row, from, to), unitsPerSecond, column, out);
            }
        } catch (DataException e) {
            return false;
        }
        return out.size() > begin;
    }

    private static Instant instant(String text, Column column) throws DataException {
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw ValueReader.misfit(column);
        }
    }

    private void write(Instant instant, Column column, RowBinary out) throws DataException {
        write(instant.getEpochSecond(), instant.getNano(), column, out);
    }

    private void write(long value, long unitsPerSecond, Column column, RowBinary out) throws DataException {
        long seconds = Math.floorDiv(value, unitsPerSecond);
        write(seconds, (int) (Math.floorMod(value, unitsPerSecond) * (NANOS / unitsPerSecond)), column, out);
    }

    private void write(long seconds, int nanos, Column column, RowBinary out) throws DataException {
        long unit = unit();
        long last = Math.min(LAST, Long.MAX_VALUE / unit - 1);
        if (seconds >= FIRST && seconds <= last) {
            if (nanos % (NANOS / unit) != 0) {
                throw cannotHold(column, "holds a time of more digits");
            }
            out.writeLittleEndian(seconds * unit + nanos / (NANOS / unit), 8);
            return;
        }
        long millis = seconds * 1_000 + nanos / 1_000_000;
        if (millis == INFINITY_MILLIS) {
            out.writeLittleEndian(last * unit + unit - 1, 8);
        } else if (millis == MINUS_INFINITY_MILLIS) {
            out.writeLittleEndian(FIRST * unit, 8);
        } else {
            throw cannotHold(
                    column, "holds a time outside of the years 1900 to " + (digits == NANO_DIGITS ? 2261 : 2299));
        }
    }

    private long unit() {
        long unit = 1;
        for (int i = 0; i < digits; i++) {
            unit *= 10;
        }
        return unit;
    }

    @Override
    public void writeDefault(RowBinary out) {
        out.writeLittleEndian(0, 8);
    }

    @Override
    public boolean holdsAll(CellType other) {
        return other instanceof TimestampType time && time.digits <= digits;
    }
}
