package io.millrace.common.sink.clickhouse.type;

import com.fasterxml.jackson.core.JsonParser;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.ValueEncoding;
import io.millrace.common.serde.ValueReader;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** Dates from 1900 to 2299. The last one stands for infinity, the first one for its opposite. */
record DateType() implements CellType {

    static final long FIRST = LocalDate.of(1900, 1, 1).toEpochDay();
    static final long LAST = LocalDate.of(2299, 12, 31).toEpochDay();

    @Override
    public String ddl() {
        return "Date32";
    }

    @Override
    public void write(JsonParser row, Column column, ValueReader values, RowBinary out)
            throws IOException, DataException {
        long day = day(row, column);
        if (day == Integer.MAX_VALUE) {
            day = LAST;
        } else if (day == Integer.MIN_VALUE) {
            day = FIRST;
        } else if (day < FIRST || day > LAST) {
            throw cannotHold(column, "holds a date outside of the years 1900 to 2299");
        }
        out.writeLittleEndian(day, 4);
    }

    private static long day(JsonParser row, Column column) throws IOException, DataException {
        if (column.encoding() == ValueEncoding.DAYS) {
            return ValueReader.number(row, column);
        }
        if (column.encoding() != ValueEncoding.ISO_ZULU) {
            throw ValueReader.misfit(column);
        }
        try {
            return LocalDate.parse(ValueReader.withoutZone(row, column)).toEpochDay();
        } catch (DateTimeParseException e) {
            throw ValueReader.misfit(column);
        }
    }

    @Override
    public void writeDefault(RowBinary out) {
        out.writeLittleEndian(0, 4);
    }
}
