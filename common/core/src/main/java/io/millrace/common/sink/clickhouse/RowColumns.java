package io.millrace.common.sink.clickhouse;

import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.Columns;
import io.millrace.common.sink.clickhouse.type.CellType;
import io.millrace.common.sink.clickhouse.type.CellTypes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns that the rows of some schemas need, in the order in which a row has them. */
final class RowColumns {

    private final Map<String, TableColumn> columns = new LinkedHashMap<>();
    private final List<String> key = new ArrayList<>();
    private boolean hasRows;

    private RowColumns() {}

    /**
     * Reads schemas, of which a key's alone is enough: that of a tombstone has no more.
     *
     * @throws DataException if a schema is not one
     */
    static RowColumns of(ClickHouseRoute route, Collection<RowSchema> schemas) throws DataException {
        RowColumns found = new RowColumns();
        List<Columns> rows = new ArrayList<>();
        for (RowSchema schema : schemas) {
            Columns row = Columns.ofRow(schema);
            if (!row.all().isEmpty()) {
                rows.add(row);
            }
        }
        found.hasRows = !rows.isEmpty();
        for (RowSchema schema : schemas) {
            Columns keys = Columns.ofKeyInRow(schema);
            for (Column column : Columns.ofRow(schema).all()) {
                boolean missing = rows.stream().anyMatch(row -> row.get(column.name()) == null);
                found.add(route, column, keys.get(column.name()) != null, column.optional() || missing);
            }
        }
        Set<String> ofRows = Set.copyOf(found.columns.keySet());
        for (RowSchema schema : schemas) {
            found.key.clear();
            for (Column column : Columns.ofKeyInRow(schema).all()) {
                found.key.add(column.name());
                if (!ofRows.contains(column.name())) {
                    found.add(route, column, true, false);
                }
            }
        }
        return found;
    }

    private void add(ClickHouseRoute route, Column column, boolean ofKey, boolean nullable) {
        CellType type = route.type(column.name())
                .orElseGet(() -> ofKey ? CellTypes.ofKey(column) : CellTypes.of(column, nullable));
        columns.merge(
                column.name(),
                new TableColumn(column.name(), type, ofKey),
                (one, other) -> new TableColumn(
                        one.name(), CellTypes.widen(one.type(), other.type()), one.key() || other.key()));
    }

    /** Tells whether some schema is one of whole rows, so that a column which is not here has no value. */
    boolean hasRows() {
        return hasRows;
    }

    /** Returns all of them. */
    List<TableColumn> all() {
        return List.copyOf(columns.values());
    }

    /** Returns the names of the key's columns in the order of the key; empty if the schemas tell of no key. */
    List<String> key() {
        return List.copyOf(key);
    }
}
