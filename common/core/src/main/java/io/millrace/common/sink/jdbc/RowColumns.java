package io.millrace.common.sink.jdbc;

import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.Columns;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns that the rows of some schemas need.
 *
 * @param types by name, in the order in which a row has them
 * @param key those of the key in its order; empty if the schemas tell of no key
 */
record RowColumns(Map<String, String> types, Set<String> key) {

    /**
     * Reads schemas, of which a key's alone is enough: that of a tombstone has no more.
     *
     * @throws DataException if a schema is not one, or names what no table here can have
     */
    static RowColumns of(PostgresRoute route, Collection<RowSchema> schemas) throws DataException {
        Map<String, String> types = new LinkedHashMap<>();
        Set<String> key = new LinkedHashSet<>();
        for (RowSchema schema : schemas) {
            Columns keys = Columns.ofKey(schema);
            for (Columns columns : List.of(Columns.ofRow(schema), keys)) {
                for (Column column : columns.all()) {
                    add(route, column, types);
                }
            }
            key.clear();
            keys.all().forEach(column -> key.add(column.name()));
        }
        return new RowColumns(types, key);
    }

    private static void add(PostgresRoute route, Column column, Map<String, String> types) throws DataException {
        String name = column.name();
        if (PostgresRoute.OWN_COLUMNS.contains(name)) {
            throw new DataException(
                    "the row has a column \"" + name + "\", which each table in Postgres has for itself");
        }
        if (!PostgresRoute.isName(name)) {
            throw new DataException("the row has a column whose name is longer than Postgres' names can be, or holds a"
                    + " control character");
        }
        String chosen = route.types().get(name);
        types.merge(name, chosen == null ? ColumnTypes.of(column) : chosen, ColumnTypes::widen);
    }
}
