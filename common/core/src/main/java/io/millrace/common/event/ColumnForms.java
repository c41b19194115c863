package io.millrace.common.event;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * In which forms the columns of a captured table were. A column has another form once every value of it may have become
 * another without a change of any row, as by {@code ALTER … TYPE … USING}: no value from before may stand for one after.
 *
 * @param since position in the WAL, in bytes: a value that was sent before it may be of an earlier form than the one
 *     that is told here. 0 if all values are of these forms
 * @param columns by the columns' names, as a row's JSON has them; those of a fixed length, and those of which nothing is
 *     known, are not in it
 */
public record ColumnForms(long since, Map<String, Form> columns) {

    public ColumnForms {
        columns = Map.copyOf(columns);
    }

    /**
     * Equal for two moments if no value of the column can have become another between them by itself.
     *
     * @param type its number in {@code pg_type}
     * @param altered the number of the transaction that altered the column last
     */
    public record Form(int type, int altered) {

        /** How many bytes hold one. */
        public static final int BYTES = 2 * Integer.BYTES;
    }

    /** Returns a column's form; null if it is not known. */
    public @Nullable Form of(String column) {
        return columns.get(column);
    }

    /** Returns whether a value that was sent at this position in the WAL is of the form that is told of its column. */
    public boolean holdsAt(long position) {
        return position >= since;
    }

    /** Returns these forms for rows that are read after the catalog was asked. */
    public ColumnForms forRowsReadLater() {
        return new ColumnForms(0, columns);
    }

    /** Returns these forms with the types that columns had in the moment which is described. */
    public ColumnForms withTypes(Map<String, Integer> types) {
        Map<String, Form> typed = new HashMap<>();
        columns.forEach((column, form) -> {
            Integer type = types.get(column);
            if (type != null) {
                typed.put(column, new Form(type, form.altered()));
            }
        });
        return new ColumnForms(since, typed);
    }

    /**
     * Returns these forms as what follows others of the same table: where nothing is new, they have held since the
     * others did.
     */
    public ColumnForms after(ColumnForms before) {
        return before.columns.entrySet().containsAll(columns.entrySet())
                ? new ColumnForms(before.since, columns)
                : this;
    }
}
