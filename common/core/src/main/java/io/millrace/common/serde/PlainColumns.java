package io.millrace.common.serde;

import java.util.Arrays;
import java.util.Collection;

/** Columns as a plain row has them, which is in their order. */
public final class PlainColumns {

    private final Column[] columns;
    private final byte[][] names;

    PlainColumns(Collection<Column> columns) {
        this.columns = columns.toArray(Column[]::new);
        this.names = columns.stream().map(PlainColumns::field).toArray(byte[][]::new);
    }

    /** Returns the name as it stands before its value; empty for one that JSON writes in more than one way. */
    private static byte[] field(Column column) {
        String name = column.name();
        byte[] field = PlainJson.field(name);
        boolean isPlain = PlainJson.pastName(field, 0, field.length) == field.length
                && name.indexOf('\\') < 0
                && name.chars().noneMatch(character -> Character.isSurrogate((char) character));
        return isPlain ? field : new byte[0];
    }

    /** Returns how many there are. */
    public int size() {
        return columns.length;
    }

    /** Returns one of them. */
    public Column column(int index) {
        return columns[index];
    }

    /** Returns the place of a column's value if its name begins there, or {@link PlainJson#UNKNOWN}. */
    public int pastName(int index, byte[] row, int from) {
        byte[] name = names[index];
        if (name.length == 0) {
            return PlainJson.UNKNOWN;
        }
        int value = from + name.length;
        boolean named = value <= row.length && Arrays.equals(row, from, value, name, 0, name.length);
        return named ? value : PlainJson.UNKNOWN;
    }
}
