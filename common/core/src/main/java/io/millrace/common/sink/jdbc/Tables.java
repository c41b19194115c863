package io.millrace.common.sink.jdbc;

import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import io.millrace.common.sink.jdbc.TableLayout.Described;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the tables, and widens them when a schema brings something new. What fits some schemas it remembers until it is
 * told to forget. All subtasks may do so at once: each change is a transaction that one at a time is in, and begins with
 * a look at what is there by then.
 */
final class Tables {

    private final String schema;
    private final Map<String, Map<Set<RowSchema>, Target>> fitting = new HashMap<>();

    /**
     * What rows are written to.
     *
     * @param columns whose values are bound, in their order
     * @param key those of them that the table is unique by
     */
    record Target(List<String> columns, Set<String> key, String upsert) {}

    /** @param isOfType whether it gives a column another type, which no view may show meanwhile */
    private record Change(String statement, boolean isOfType) {}

    Tables(String schema) {
        this.schema = schema;
    }

    /** Forgets what a table looked like. */
    void forget(PostgresRoute route) {
        fitting.remove(route.name());
    }

    /**
     * Returns where rows of these schemas are written, after which the table has their columns. Ends no transaction but
     * that of a change.
     *
     * @throws DataException if a schema is not one, or cannot be that of a table here
     * @throws UnfitTableException if the table is there and cannot take the rows
     */
    Target fit(Sql sql, PostgresRoute route, Set<RowSchema> schemas)
            throws SQLException, DataException, UnfitTableException {
        Map<Set<RowSchema>, Target> known = fitting.computeIfAbsent(route.name(), unknown -> new HashMap<>());
        Target target = known.get(schemas);
        if (target == null) {
            RowColumns wanted = RowColumns.of(route, schemas);
            if (wanted.key().isEmpty()) {
                throw new DataException("the change came without the schema of its key, by which a table in Postgres"
                        + " finds the versions of a row");
            }
            TableLayout layout = fitted(sql, route, wanted);
            List<String> columns = List.copyOf(wanted.types().keySet());
            target = new Target(
                    columns,
                    Set.copyOf(wanted.key()),
                    new Statements(schema, route).upsert(columns, wanted.key(), layout));
            known.put(Set.copyOf(schemas), target);
        }
        return target;
    }

    /** What is seen before the lock may be half of somebody else's change: nothing is refused for it. */
    private TableLayout fitted(Sql sql, PostgresRoute route, RowColumns wanted)
            throws SQLException, UnfitTableException {
        TableLayout layout = look(sql, route);
        if (layout.isThere()
                && problems(route, layout, wanted).isEmpty()
                && changes(route, layout, wanted).isEmpty()
                && layout.isShown()) {
            return layout;
        }
        sql.connection().rollback();
        for (String statement : new Statements(schema, route).beginChange()) {
            sql.execute(statement);
        }
        layout = look(sql, route);
        List<String> problems = problems(route, layout, wanted);
        if (!problems.isEmpty()) {
            throw new UnfitTableException(
                    "rows of " + route.table() + " cannot be written: " + String.join("; ", problems));
        }
        change(sql, route, layout, wanted);
        layout = look(sql, route);
        sql.connection().commit();
        return layout;
    }

    private void change(Sql sql, PostgresRoute route, TableLayout before, RowColumns wanted) throws SQLException {
        Statements statements = new Statements(schema, route);
        List<String> grants = new ArrayList<>();
        if (!before.isThere()) {
            create(sql, statements, wanted);
        } else {
            List<Change> changes = changes(route, before, wanted);
            boolean remade = changes.stream().anyMatch(Change::isOfType);
            if (before.hasView() && (remade || !before.isBegun())) {
                sql.rows(Statements.GRANTS, statements.view(), statements.view())
                        .forEach(grant -> grants.add(grant.text("statement")));
                sql.execute(statements.dropView());
            }
            for (Change change : changes) {
                sql.execute(change.statement());
            }
        }
        TableLayout after = look(sql, route);
        if (!after.isShown()) {
            sql.execute(statements.createView(after.shown()));
        }
        for (String grant : grants) {
            sql.execute(grant);
        }
    }

    private void create(Sql sql, Statements statements, RowColumns wanted) throws SQLException {
        if (sql.rows("SELECT 1 AS one FROM pg_namespace WHERE nspname = ?", schema)
                .isEmpty()) {
            sql.execute(statements.createSchema());
        }
        sql.execute(statements.createTable(wanted));
    }

    /**
     * Returns what the catalog says of a table and its view.
     *
     * @throws SQLException if it cannot be asked, or the user may not use the schema
     */
    TableLayout look(Sql sql, PostgresRoute route) throws SQLException {
        Statements statements = new Statements(schema, route);
        Map<String, Described> columns = describe(sql, statements.table());
        Map<String, String> view = new LinkedHashMap<>();
        describe(sql, statements.view()).forEach((name, column) -> view.put(name, column.type()));
        Map<String, Set<String>> keys = new LinkedHashMap<>();
        for (Sql.Row row : sql.rows(Statements.UNIQUE_KEYS, statements.table())) {
            keys.computeIfAbsent(row.text("index"), index -> new LinkedHashSet<>())
                    .add(row.text("name"));
        }
        return new TableLayout(
                kind(sql, statements.table()), columns, List.copyOf(keys.values()), kind(sql, statements.view()), view);
    }

    private static String kind(Sql sql, String relation) throws SQLException {
        return sql.first(Statements.KIND, relation).map(row -> row.text("kind")).orElse("");
    }

    private static Map<String, Described> describe(Sql sql, String relation) throws SQLException {
        Map<String, Described> columns = new LinkedHashMap<>();
        for (Sql.Row row : sql.rows(Statements.COLUMNS, relation)) {
            columns.put(
                    row.text("name"),
                    new Described(row.text("type"), row.flag("required"), row.flag("filled"), row.flag("generated")));
        }
        return columns;
    }

    /** Returns the statements after which the table holds the rows. */
    private List<Change> changes(PostgresRoute route, TableLayout layout, RowColumns wanted) {
        Statements statements = new Statements(schema, route);
        List<Change> changes = new ArrayList<>();
        wanted.types().forEach((name, type) -> {
            Described has = layout.columns().get(name);
            if (has == null) {
                changes.add(new Change(statements.addColumn(name, type), false));
            } else if (!route.types().containsKey(name) && !wanted.untold().contains(name)) {
                String wide = ColumnTypes.widen(has.type(), type);
                if (!wide.equals(has.type())) {
                    changes.add(new Change(statements.changeColumn(name, wide), true));
                }
            }
        });
        return changes;
    }

    private List<String> problems(PostgresRoute route, TableLayout layout, RowColumns wanted) {
        TableName table = new TableName(schema, route.name());
        List<String> problems = TableProblems.of(table, layout);
        if (layout.isThere() && !layout.isUnique(wanted.key())) {
            problems.add(table + " has no unique index of " + wanted.key() + ", which is the key of " + route.table()
                    + " now, of columns that are never null. Make one, or name another table in the route, or drop this"
                    + " one, and start the job without a savepoint");
        }
        return problems;
    }
}
