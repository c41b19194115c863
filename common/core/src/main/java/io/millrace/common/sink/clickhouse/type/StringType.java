package io.millrace.common.sink.clickhouse.type;

import com.fasterxml.jackson.core.JsonParser;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.ColumnKind;
import io.millrace.common.serde.PlainJson;
import io.millrace.common.serde.ValueEncoding;
import io.millrace.common.serde.ValueReader;
import java.io.IOException;

/**
 * Text; bytes as they are; JSON, a list and whatever else there is as a document shows it.
 *
 * @param dictionary whether ClickHouse keeps each text once and numbers in its place
 */
record StringType(boolean dictionary) implements CellType {

    @Override
    public String ddl() {
        return dictionary ? "LowCardinality(String)" : "String";
    }

    @Override
    public void write(JsonParser row, Column column, ValueReader values, RowBinary out)
            throws IOException, DataException {
        values.refusePlaceholder(row, column.name());
        if (column.kind() == ColumnKind.BYTES) {
            out.writeBytes(ValueReader.bytes(row, column));
        } else {
            out.writeText(values.text(row, column));
        }
    }

    @Override
    public boolean writePlain(byte[] row, int from, int to, Column column, RowBinary out) {
        boolean isAsItCame =
                column.encoding() == ValueEncoding.AS_IS || column.encoding() == ValueEncoding.DECIMAL_TEXT;
        boolean isText = isAsItCame && column.kind() != ColumnKind.BYTES && PlainJson.isUnescaped(row, from, to);
        if (isText) {
            out.writeBytes(row, from + 1, to - 1);
        }
        return isText;
    }

    @Override
    public void writeDefault(RowBinary out) {
        out.writeLength(0);
    }

    /** ClickHouse prints a value that it changes to text as it prints it in a result. */
    @Override
    public boolean holdsAll(CellType other) {
        return !(other instanceof ArrayType || other instanceof NullableType);
    }
}
