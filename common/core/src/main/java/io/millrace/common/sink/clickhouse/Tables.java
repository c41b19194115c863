package io.millrace.common.sink.clickhouse;

import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import io.millrace.common.sink.clickhouse.TableLayout.Described;
import io.millrace.common.sink.clickhouse.type.CellType;
import io.millrace.common.sink.clickhouse.type.CellTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the tables, and widens them when a schema brings something new. What fits some schemas it remembers until it is
 * told to forget; before anything is changed it looks at the table anew. All subtasks may do so at once: each statement
 * can be repeated, and each change is looked at again. Tables of migrations it only looks at.
 */
final class Tables {

    private static final int UNKNOWN_DATABASE = 81;

    /** More than a table has columns: one that does not come to rest by then never will. */
    private static final int MOST_ROUNDS = 2_000;

    private final ClickHouseClient client;
    private final String database;
    private final boolean migrated;
    private final Map<String, Map<Set<RowSchema>, List<TableColumn>>> fitting = new HashMap<>();

    Tables(ClickHouseClient client, String database, boolean migrated) {
        this.client = client;
        this.database = database;
        this.migrated = migrated;
    }

    /** Forgets what a table looked like. */
    synchronized void forget(ClickHouseRoute route) {
        fitting.remove(route.name());
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
        Map<Set<RowSchema>, List<TableColumn>> known =
                fitting.computeIfAbsent(route.name(), unknown -> new HashMap<>());
        List<TableColumn> columns = known.get(schemas);
        if (columns == null) {
            RowColumns wanted = RowColumns.of(route, schemas);
            columns = columns(route, migrated ? migrated(route) : fitted(route, wanted), wanted);
            known.put(Set.copyOf(schemas), columns);
        }
        return columns;
    }

    /** Returns the columns that a table is sorted by; none if there is no such table. */
    List<String> sortingKey(ClickHouseRoute route) throws IOException {
        return look(route).sortingKey();
    }

    private TableLayout migrated(ClickHouseRoute route) throws IOException {
        TableLayout layout = look(route);
        List<String> misfits = MigratedTables.misfits(route, layout);
        if (!misfits.isEmpty()) {
            throw new UnfitTableException("the table " + route.name() + " of the database " + database
                    + " in ClickHouse " + String.join(", and ", misfits) + "; " + MigratedTables.REMEDY);
        }
        return layout;
    }

    /** One change at a time, each for the table as it is then: another subtask may have gone further meanwhile. */
    private TableLayout fitted(ClickHouseRoute route, RowColumns wanted) throws IOException, DataException {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            TableLayout layout = look(route);
            List<String> changes = layout.isThere() ? changes(route, layout, wanted) : List.of();
            if (!layout.isThere()) {
                create(route, wanted);
            } else if (!changes.isEmpty()) {
                client.execute(changes.get(0));
            } else {
                show(route, layout);
                return layout;
            }
        }
        throw new IOException("the table " + route.name() + " of the database " + database
                + " in ClickHouse is changed by somebody else at the same time, again and again");
    }

    private void show(ClickHouseRoute route, TableLayout layout) throws IOException {
        if (!layout.isShown()) {
            client.execute(new Statements(database, route).createView());
        }
    }

    TableLayout look(ClickHouseRoute route) throws IOException {
        Statements sql = new Statements(database, route);
        List<Map<String, String>> tables = client.query(sql.describeTable());
        if (tables.isEmpty()) {
            return new TableLayout(Map.of(), List.of(), Map.of(), false);
        }
        Map<String, Described> columns = new LinkedHashMap<>();
        List<String> sorted = new ArrayList<>();
        for (Map<String, String> column : client.query(sql.describeColumns())) {
            String name = String.valueOf(column.get("name"));
            columns.put(name, new Described(String.valueOf(column.get("type")), String.valueOf(column.get("kind"))));
            if ("1".equals(column.get("sorted"))) {
                sorted.add(name);
            }
        }
        Map<String, String> view = client.query(sql.describeView()).stream()
                .collect(Collectors.toMap(
                        column -> String.valueOf(column.get("name")), column -> String.valueOf(column.get("type"))));
        String engine = String.valueOf(tables.get(0).get("engine_full"));
        TableLayout layout =
                new TableLayout(Collections.unmodifiableMap(columns), sorted, view, engine.contains(" PARTITION BY "));
        requireVersions(route, layout, engine);
        return layout;
    }

    private void requireVersions(ClickHouseRoute route, TableLayout layout, String engine) throws UnfitTableException {
        String plain = engine.replace("`", "");
        boolean replaces = plain.contains("ReplacingMergeTree(")
                && plain.contains(ClickHouseRoute.VERSION + ", " + ClickHouseRoute.DELETED);
        if (!replaces
                || !"UInt64".equals(layout.type(ClickHouseRoute.VERSION))
                || !"UInt8".equals(layout.type(ClickHouseRoute.DELETED))) {
            throw new UnfitTableException("the table " + route.name() + " of the database " + database
                    + " in ClickHouse has the engine " + engine + "; rows of " + route.table()
                    + " need ReplacingMergeTree(" + ClickHouseRoute.VERSION + ", " + ClickHouseRoute.DELETED
                    + ") of a UInt64 and a UInt8. Name another table in the route, or drop this one");
        }
    }

    private void create(ClickHouseRoute route, RowColumns wanted) throws IOException, DataException {
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
        }
    }

    /** Returns the statements after which the table holds the rows. */
    private List<String> changes(ClickHouseRoute route, TableLayout layout, RowColumns wanted) throws IOException {
        requireKey(route, layout, wanted);
        Statements sql = new Statements(database, route);
        List<String> changes = new ArrayList<>();
        for (TableColumn column : wanted.all()) {
            if (!layout.has(column.name())) {
                changes.add(sql.addColumn(column));
            } else if (!column.key() && route.type(column.name()).isEmpty()) {
                CellType has = require(route, layout, column.name());
                change(column.name(), has, CellTypes.widen(has, column.type()), sql, changes);
            }
        }
        if (wanted.hasRows()) {
            giveNull(layout, wanted, sql, changes);
        }
        return changes;
    }

    /** A column that rows no longer have is null in them, not 0. */
    private static void giveNull(TableLayout layout, RowColumns wanted, Statements sql, List<String> changes) {
        Set<String> names = wanted.all().stream().map(TableColumn::name).collect(Collectors.toSet());
        layout.columns().forEach((name, column) -> {
            boolean foreign = names.contains(name)
                    || layout.sortingKey().contains(name)
                    || ClickHouseRoute.OWN_COLUMNS.contains(name)
                    || !column.kind().isEmpty();
            Optional<CellType> has = foreign ? Optional.empty() : layout.cellType(name);
            has.ifPresent(type -> change(name, type, CellTypes.nullable(type), sql, changes));
        });
    }

    private static void change(String name, CellType has, CellType wanted, Statements sql, List<String> changes) {
        if (!wanted.equals(has)) {
            changes.add(sql.changeColumn(new TableColumn(name, wanted, false)));
        }
    }

    private void requireKey(ClickHouseRoute route, TableLayout layout, RowColumns wanted) throws UnfitTableException {
        if (!wanted.key().isEmpty() && !Set.copyOf(layout.sortingKey()).equals(Set.copyOf(wanted.key()))) {
            throw new UnfitTableException("the table " + route.name() + " of the database " + database
                    + " in ClickHouse is sorted by " + layout.sortingKey() + ", but the key of " + route.table()
                    + " is now " + wanted.key() + ", and a table's sorting key cannot be changed. Name another table in"
                    + " the route, or drop this one, and start the job without a savepoint");
        }
    }

    private static CellType require(ClickHouseRoute route, TableLayout layout, String column)
            throws UnfitTableException {
        return layout.cellType(column)
                .orElseThrow(() -> new UnfitTableException("the column " + column + " of the table " + route.name()
                        + " in ClickHouse has the type " + layout.type(column)
                        + ", which rows cannot be written as; change it to one of those in docs/column-types.md"));
    }

    private static List<TableColumn> columns(ClickHouseRoute route, TableLayout layout, RowColumns wanted)
            throws UnfitTableException {
        List<TableColumn> columns = new ArrayList<>();
        for (TableColumn column : wanted.all()) {
            columns.add(new TableColumn(
                    column.name(),
                    require(route, layout, column.name()),
                    String.valueOf(layout.type(column.name())),
                    column.key()));
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
