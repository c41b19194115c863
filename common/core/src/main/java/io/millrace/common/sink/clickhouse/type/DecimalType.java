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
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Exact numbers.
 *
 * @param precision all digits, 1 to 76
 * @param scale those behind the point
 */
record DecimalType(int precision, int scale) implements CellType {

    static final int MOST_DIGITS = 76;

    private static final Set<ValueEncoding> NUMBERS = EnumSet.of(
            ValueEncoding.AS_IS, ValueEncoding.DECIMAL_TEXT, ValueEncoding.DECIMAL_BYTES, ValueEncoding.DECIMAL_STRUCT);

    /** Longer than any text that such a number has: a larger one is not taken apart. */
    private static final int MOST_TEXT = 400;

    @Override
    public String ddl() {
        return "Decimal(" + precision + ", " + scale + ")";
    }

    @Override
    public void write(JsonParser row, Column column, ValueReader values, RowBinary out)
            throws IOException, DataException {
        if (!NUMBERS.contains(column.encoding()) || column.kind() == ColumnKind.BYTES) {
            throw cannotHold(column, "holds no number");
        }
        write(values.decimal(row, column), column, out);
    }

    @Override
    public boolean writePlain(byte[] row, int from, int to, Column column, RowBinary out) {
        boolean isText = column.encoding() == ValueEncoding.DECIMAL_TEXT
                && column.kind() != ColumnKind.BYTES
                && PlainJson.isUnescaped(row, from, to);
        if (!isText) {
            return false;
        }
        try {
            write(new String(row, from + 1, to - from - 2, StandardCharsets.UTF_8), column, out);
            return true;
        } catch (DataException e) {
            return false;
        }
    }

    private void write(String text, Column column, RowBinary out) throws DataException {
        BigDecimal number = text.length() > MOST_TEXT ? null : parse(text);
        if (number == null) {
            throw cannotHold(column, "holds NaN, an infinity, or a number of very many digits");
        }
        int behindPoint = number.signum() == 0 ? 0 : number.stripTrailingZeros().scale();
        if (behindPoint > scale || number.precision() - number.scale() > precision - scale) {
            throw cannotHold(column, "holds a number of more digits");
        }
        out.writeLittleEndian(number.setScale(scale).unscaledValue(), bytes());
    }

    private static @Nullable BigDecimal parse(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private int bytes() {
        return precision <= 9 ? 4 : precision <= 18 ? 8 : precision <= 38 ? 16 : 32;
    }

    @Override
    public void writeDefault(RowBinary out) {
        for (int i = 0; i < bytes(); i++) {
            out.writeLittleEndian(0, 1);
        }
    }

    @Override
    public boolean holdsAll(CellType other) {
        return other instanceof DecimalType number
                && number.scale <= scale
                && number.precision - number.scale <= precision - scale;
    }

    /** Room for the digits of both, on each side of the point. */
    @Override
    public CellType widened(CellType wanted) {
        if (!(wanted instanceof DecimalType other)) {
            return CellType.super.widened(wanted);
        }
        int behind = Math.max(scale, other.scale);
        int before = Math.max(precision - scale, other.precision - other.scale);
        return before + behind <= MOST_DIGITS ? new DecimalType(before + behind, behind) : this;
    }
}
