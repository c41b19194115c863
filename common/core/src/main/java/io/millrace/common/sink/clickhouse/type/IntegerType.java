package io.millrace.common.sink.clickhouse.type;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.ColumnKind;
import io.millrace.common.serde.PlainJson;
import io.millrace.common.serde.ValueEncoding;
import io.millrace.common.serde.ValueReader;
import java.io.IOException;

/**
 * Whole numbers with a sign.
 *
 * @param bits 8, 16, 32 or 64
 */
record IntegerType(int bits) implements CellType {

    @Override
    public String ddl() {
        return "Int" + bits;
    }

    @Override
    public void write(JsonParser row, Column column, ValueReader values, RowBinary out)
            throws IOException, DataException {
        if (column.encoding() != ValueEncoding.AS_IS || column.kind() == ColumnKind.BYTES) {
            throw cannotHold(column, "holds no whole number");
        }
        long value = row.currentToken() == JsonToken.VALUE_STRING
                ? parse(row.getText(), column)
                : ValueReader.number(row, column);
        if (!fits(value)) {
            throw cannotHold(column, "holds a number beyond " + bits + " bits");
        }
        out.writeLittleEndian(value, bits / 8);
    }

    private boolean fits(long value) {
        int unused = 64 - bits;
        return value << unused >> unused == value;
    }

    @Override
    public boolean writePlain(byte[] row, int from, int to, Column column, RowBinary out) {
        boolean isNumber = column.encoding() == ValueEncoding.AS_IS
                && column.kind() != ColumnKind.BYTES
                && PlainJson.isLong(row, from, to);
        if (!isNumber || !fits(PlainJson.number(row, from, to))) {
            return false;
        }
        out.writeLittleEndian(PlainJson.number(row, from, to), bits / 8);
        return true;
    }

    private long parse(String text, Column column) throws DataException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw cannotHold(column, "holds a text");
        }
    }

    @Override
    public void writeDefault(RowBinary out) {
        out.writeLittleEndian(0, bits / 8);
    }

    @Override
    public boolean holdsAll(CellType other) {
        return other instanceof IntegerType number && number.bits <= bits;
    }
}
