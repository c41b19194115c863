package io.millrace.common.sink.jdbc;

import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.Columns;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The columns that the rows of some schemas need.
 *
 * @param types by name, in the order in which a row has them
 * @param key those of the key in its order; empty if the schemas tell of no key
 * @param untold those of the key of which no row tells the type: it may be any that a key's schema has no name for
 */
record RowColumns(Map<String, String> types, Set<String> key, Set<String> untold) {

    /**
     * Reads schemas, of which a key's alone is enough: that of a tombstone has no more.
     *
     * @throws DataException if a schema is not one, or names what no table here can have
     */
    static RowColumns of(PostgresRoute route, Collection<RowSchema> schemas) throws DataException {
        Map<String, String> types = new LinkedHashMap<>();
        for (RowSchema schema : schemas) {
            for (Column column : Columns.ofRow(schema).all()) {
                add(route, column, types);
            }
        }
        Set<String> ofRows = Set.copyOf(types.keySet());
        Set<String> key = new LinkedHashSet<>();
        Set<String> untold = new HashSet<>();
        for (RowSchema schema : schemas) {
            key.clear();
            for (Column column : Columns.ofKeyInRow(schema).all()) {
                key.add(column.name());
                boolean isVague = ColumnTypes.isVague(column);
                if (isVague && !ofRows.contains(column.name())) {
                    untold.add(column.name());
                }
                if (!isVague || !ofRows.contains(column.name())) {
                    add(route, column, types);
                }
            }
        }
        return new RowColumns(types, key, untold);
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
