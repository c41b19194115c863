package io.millrace.common.serde;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DataException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The names of a table's columns.
 *
 * @param key the columns of its primary key, in their order; empty if unknown
 * @param row all columns, in their order; empty if unknown
 */
public record ColumnNames(Set<String> key, Set<String> row) {

    public ColumnNames {
        key = Collections.unmodifiableSet(new LinkedHashSet<>(key));
        row = Collections.unmodifiableSet(new LinkedHashSet<>(row));
    }

    /**
     * Returns the names that a change tells: by its schema, else by the fields of its key and of the row after it.
     *
     * @throws DataException if schema, key or row cannot be read
     */
    public static ColumnNames of(RowChange change) throws DataException {
        Set<String> key = names(Columns.ofKey(change.schema()));
        Set<String> row = names(Columns.ofRow(change.schema()));
        byte[] after = change.after();
        return new ColumnNames(
                key.isEmpty() ? FieldTexts.of(change.key()).keySet() : key,
                row.isEmpty() && after != null ? FieldTexts.of(after).keySet() : row);
    }

    private static Set<String> names(Columns columns) {
        Set<String> names = new LinkedHashSet<>();
        columns.all().forEach(column -> names.add(column.name()));
        return names;
    }
}
