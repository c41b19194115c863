package io.millrace.common.sink.clickhouse.type;

import com.fasterxml.jackson.core.JsonParser;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.ColumnKind;
import io.millrace.common.serde.PlainJson;
import io.millrace.common.serde.ValueEncoding;
import io.millrace.common.serde.ValueReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Binary floating-point numbers, NaN and the infinities among them. An exact number is taken if it is one of them.
 *
 * @param bits 32 or 64
 */
record FloatType(int bits) implements CellType {

    private static final int MOST_TEXT = 400;
    private static final Set<String> SPECIAL = Set.of("NaN", "Infinity", "-Infinity");

    @Override
    public String ddl() {
        return "Float" + bits;
    }

    @Override
    public void write(JsonParser row, Column column, ValueReader values, RowBinary out)
            throws IOException, DataException {
        double value = value(row, column, values);
        if (bits == 32) {
            out.writeLittleEndian(Float.floatToRawIntBits((float) value), 4);
        } else {
            out.writeLittleEndian(Double.doubleToRawLongBits(value), 8);
        }
    }

    @Override
    public boolean writePlain(byte[] row, int from, int to, Column column, RowBinary out) {
        boolean isNumber = column.kind() == ColumnKind.FLOAT && PlainJson.pastNumber(row, from, to) == to;
        if (!isNumber || (bits == 32 && !isShort(column))) {
            return false;
        }
        String text = new String(row, from, to - from, StandardCharsets.ISO_8859_1);
        if (bits == 32) {
            out.writeLittleEndian(Float.floatToRawIntBits(Float.parseFloat(text)), 4);
        } else {
            double value = isShort(column) ? Float.parseFloat(text) : Double.parseDouble(text);
            out.writeLittleEndian(Double.doubleToRawLongBits(value), 8);
        }
        return true;
    }

    private double value(JsonParser row, Column column, ValueReader values) throws IOException, DataException {
        try {
            return switch (column.kind()) {
                case FLOAT -> rounded(row.getText(), column);
                case INTEGER, DECIMAL -> exact(values.decimal(row, column), column);
                default -> {
                    if (column.encoding() != ValueEncoding.AS_IS || column.kind() == ColumnKind.BYTES) {
                        throw cannotHold(column, "holds no number");
                    }
                    yield exact(row.getText(), column);
                }
            };
        } catch (NumberFormatException e) {
            throw cannotHold(column, "holds no number");
        }
    }

    /** A number of 32 bits is printed so that it is found again; one of 64 may lie between two of 32. */
    private double rounded(String text, Column column) throws DataException {
        if (bits == 32 && !isShort(column)) {
            double value = Double.parseDouble(text);
            if (Double.compare((float) value, value) != 0) {
                throw cannotHold(column, "holds a number of more bits");
            }
            return value;
        }
        return bits == 32 || isShort(column) ? Float.parseFloat(text) : Double.parseDouble(text);
    }

    private static boolean isShort(Column column) {
        return column.type().equals("float") || column.type().equals("float32");
    }

    private double exact(String text, Column column) throws DataException {
        double value = bits == 32 ? Float.parseFloat(text) : Double.parseDouble(text);
        boolean same = SPECIAL.contains(text)
                || (text.length() <= MOST_TEXT
                        && Double.isFinite(value)
                        && new BigDecimal(value).compareTo(new BigDecimal(text)) == 0);
        if (!same) {
            throw cannotHold(column, "holds a number of more digits");
        }
        return value;
    }

    @Override
    public void writeDefault(RowBinary out) {
        out.writeLittleEndian(0, bits / 8);
    }

    @Override
    public boolean holdsAll(CellType other) {
        return other instanceof FloatType number && number.bits <= bits;
    }
}
