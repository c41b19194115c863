package io.millrace.common.sink.clickhouse;

import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import io.millrace.common.sink.clickhouse.type.CellType;
import io.millrace.common.sink.clickhouse.type.CellTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the tables, and widens them when a schema brings something new. What it has seen of a table it remembers until
 * it is told to forget. All subtasks may do so at once: each statement can be repeated.
 */
final class Tables {

    private static final int UNKNOWN_DATABASE = 81;

    private final ClickHouseClient client;
    private final String database;
    private final Map<String, Known> known = new HashMap<>();

    /** A table that fits some schemas. */
    private record Known(TableLayout layout, Map<Set<RowSchema>, List<TableColumn>> fitting) {}

    Tables(ClickHouseClient client, String database) {
        this.client = client;
        this.database = database;
    }

    /** Forgets what a table looked like. */
    synchronized void forget(ClickHouseRoute route) {
        known.remove(route.name());
    }

    /**
     * Returns the columns that rows of these schemas are written to, in the order of the rows, after which the table has
     * them.
     *
     * @throws DataException if a schema is not one
     * @throws UnfitTableException if the table is there and cannot take the rows
     */
    synchronized List<TableColumn> fit(ClickHouseRoute route, Set<RowSchema> schemas)
            throws IOException, DataException {
        Known table = known.get(route.name());
        List<TableColumn> fitting = table == null ? null : table.fitting().get(schemas);
        if (fitting != null) {
            return fitting;
        }
        RowColumns wanted = RowColumns.of(route, schemas);
        TableLayout layout = table == null ? look(route) : table.layout();
        TableLayout fitted = layout.types().isEmpty() ? create(route, wanted) : widen(route, layout, wanted);
        List<TableColumn> columns = columns(route, fitted, wanted);
        Map<Set<RowSchema>, List<TableColumn>> all =
                table == null || !fitted.equals(layout) ? new HashMap<>() : table.fitting();
        all.put(Set.copyOf(schemas), columns);
        known.put(route.name(), new Known(fitted, all));
        return columns;
    }

    /** Returns the columns that a table is sorted by; none if there is no such table. */
    synchronized List<String> sortingKey(ClickHouseRoute route) throws IOException {
        return look(route).sortingKey();
    }

    private TableLayout look(ClickHouseRoute route) throws IOException {
        Statements sql = new Statements(database, route);
        List<Map<String, String>> tables = client.query(sql.describeTable());
        if (tables.isEmpty()) {
            return new TableLayout(Map.of(), List.of());
        }
        requireReplacing(route, String.valueOf(tables.get(0).get("engine_full")));
        Map<String, String> types = new LinkedHashMap<>();
        List<String> sorted = new ArrayList<>();
        for (Map<String, String> column : client.query(sql.describeColumns())) {
            String name = String.valueOf(column.get("name"));
            types.put(name, String.valueOf(column.get("type")));
            if ("1".equals(column.get("sorted"))) {
                sorted.add(name);
            }
        }
        return new TableLayout(Collections.unmodifiableMap(types), sorted);
    }

    private void requireReplacing(ClickHouseRoute route, String engine) throws UnfitTableException {
        String versioned = engine.replace("`", "");
        if (!versioned.contains("ReplacingMergeTree(")
                || !versioned.contains(ClickHouseRoute.VERSION + ", " + ClickHouseRoute.DELETED)) {
            throw new UnfitTableException("the table " + route.name() + " of the database " + database
                    + " in ClickHouse has the engine " + engine + "; rows of " + route.table()
                    + " need ReplacingMergeTree(" + ClickHouseRoute.VERSION + ", " + ClickHouseRoute.DELETED
                    + "). Name another table in the route, or drop this one");
        }
    }

    private TableLayout create(ClickHouseRoute route, RowColumns wanted) throws IOException, DataException {
        if (wanted.key().isEmpty()) {
            throw new DataException(
                    "the change came without the schema of its key, so that nobody can tell what a table"
                            + " in ClickHouse is sorted by");
        }
        Statements sql = new Statements(database, route);
        try {
            client.execute(sql.createTable(wanted.all(), wanted.key()));
        } catch (AnswerException e) {
            if (e.code() != UNKNOWN_DATABASE) {
                throw e;
            }
            client.execute(sql.createDatabase());
            client.execute(sql.createTable(wanted.all(), wanted.key()));
        }
        client.execute(sql.createView());
        return widen(route, look(route), wanted);
    }

    private TableLayout widen(ClickHouseRoute route, TableLayout layout, RowColumns wanted) throws IOException {
        requireKey(route, layout, wanted);
        Statements sql = new Statements(database, route);
        List<String> changes = new ArrayList<>();
        for (TableColumn column : wanted.all()) {
            if (!layout.has(column.name())) {
                changes.add(sql.addColumn(column));
            } else if (!column.key() && route.type(column.name()).isEmpty()) {
                CellType has = require(route, layout, column.name());
                CellType wide = CellTypes.widen(has, column.type());
                if (!wide.equals(has)) {
                    changes.add(sql.changeColumn(new TableColumn(column.name(), wide, false)));
                }
            }
        }
        if (changes.isEmpty()) {
            return layout;
        }
        for (String change : changes) {
            client.execute(change);
        }
        client.execute(sql.createView());
        return look(route);
    }

    private void requireKey(ClickHouseRoute route, TableLayout layout, RowColumns wanted) throws UnfitTableException {
        if (!wanted.key().isEmpty() && !Set.copyOf(layout.sortingKey()).equals(Set.copyOf(wanted.key()))) {
            throw new UnfitTableException("the table " + route.name() + " of the database " + database
                    + " in ClickHouse is sorted by " + layout.sortingKey() + ", but the key of " + route.table()
                    + " is now " + wanted.key() + ", and a table's sorting key cannot be changed. Name another table in"
                    + " the route, or drop this one, and start the job without a savepoint");
        }
    }

    private CellType require(ClickHouseRoute route, TableLayout layout, String column) throws UnfitTableException {
        return layout.cellType(column)
                .orElseThrow(() -> new UnfitTableException("the column " + column + " of the table " + route.name()
                        + " in ClickHouse has the type " + layout.type(column)
                        + ", which rows cannot be written as; change it to one of those in docs/column-types.md"));
    }

    private List<TableColumn> columns(ClickHouseRoute route, TableLayout layout, RowColumns wanted)
            throws UnfitTableException {
        List<TableColumn> columns = new ArrayList<>();
        for (TableColumn column : wanted.all()) {
            columns.add(new TableColumn(column.name(), require(route, layout, column.name()), column.key()));
        }
        return columns;
    }

    /** Returns the quoted names of the columns that are written. */
    static List<String> names(List<TableColumn> columns) {
        return Stream.concat(
                        columns.stream().map(TableColumn::name),
                        Stream.of(ClickHouseRoute.VERSION, ClickHouseRoute.DELETED))
                .map(Statements::quote)
                .collect(Collectors.toList());
    }
}
