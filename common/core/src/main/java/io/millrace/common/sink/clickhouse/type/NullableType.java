package io.millrace.common.sink.clickhouse.type;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.PlainJson;
import io.millrace.common.serde.ValueReader;
import java.io.IOException;

/** A value or null. */
record NullableType(CellType value) implements CellType {

    @Override
    public String ddl() {
        return value instanceof StringType text && text.dictionary()
                ? "LowCardinality(Nullable(String))"
                : "Nullable(" + value.ddl() + ")";
    }

    @Override
    public void write(JsonParser row, Column column, ValueReader values, RowBinary out)
            throws IOException, DataException {
        if (row.currentToken() == JsonToken.VALUE_NULL) {
            writeDefault(out);
            return;
        }
        out.writeLittleEndian(0, 1);
        value.write(row, column, values, out);
    }

    @Override
    public boolean writePlain(byte[] row, int from, int to, Column column, RowBinary out) {
        if (PlainJson.isNull(row, from, to)) {
            writeDefault(out);
            return true;
        }
        int begin = out.size();
        out.writeLittleEndian(0, 1);
        boolean written = value.writePlain(row, from, to, column, out);
        if (!written) {
            out.cutTo(begin);
        }
        return written;
    }

    @Override
    public boolean takesNull() {
        return true;
    }

    @Override
    public void writeDefault(RowBinary out) {
        out.writeLittleEndian(1, 1);
    }

    @Override
    public boolean holdsAll(CellType other) {
        return value.holdsAll(other instanceof NullableType same ? same.value : other);
    }
}
