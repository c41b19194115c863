package io.millrace.common.sink.clickhouse.type;

import com.fasterxml.jackson.core.JsonParser;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.ValueReader;
import java.io.IOException;

/**
 * Binary floating-point numbers, NaN and the infinities among them.
 *
 * @param bits 32 or 64
 */
record FloatType(int bits) implements CellType {

    @Override
    public String ddl() {
        return "Float" + bits;
    }

    @Override
    public void write(JsonParser row, Column column, ValueReader values, RowBinary out)
            throws IOException, DataException {
        String text = row.getText();
        try {
            if (bits == 32) {
                out.writeLittleEndian(Float.floatToRawIntBits(Float.parseFloat(text)), 4);
            } else {
                out.writeLittleEndian(Double.doubleToRawLongBits(Double.parseDouble(text)), 8);
            }
        } catch (NumberFormatException e) {
            throw ValueReader.misfit(column);
        }
    }

    @Override
    public void writeDefault(RowBinary out) {
        out.writeLittleEndian(0, bits / 8);
    }

    /** A number of 32 bits is another one when it is printed with 64, but the same value. */
    @Override
    public boolean holdsAll(CellType other) {
        return other instanceof FloatType number && number.bits <= bits;
    }
}
