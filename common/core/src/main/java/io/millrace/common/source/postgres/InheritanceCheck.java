package io.millrace.common.source.postgres;

import io.millrace.common.config.Problems;
import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether all rows that a query of a table finds are told under a name that has a route. Postgres tells a change in a
 * child, by {@code INHERITS}, as the child's, and one in a partition as that of the one table that is published.
 */
final class InheritanceCheck {

    private static final String CHILDREN = """
            WITH RECURSIVE tree AS (
                SELECT i.inhrelid AS oid FROM pg_inherits i WHERE i.inhparent = to_regclass(?)
                UNION SELECT i.inhrelid FROM pg_inherits i JOIN tree t ON i.inhparent = t.oid)
            SELECT n.nspname || '.' || c.relname AS name
            FROM tree t JOIN pg_class c ON c.oid = t.oid JOIN pg_namespace n ON n.oid = c.relnamespace
            ORDER BY 1
            """;

    private static final String WHOLES = """
            WITH RECURSIVE wholes AS (
                SELECT i.inhparent AS oid FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhrelid = to_regclass(?) AND c.relispartition
                UNION SELECT i.inhparent FROM wholes w JOIN pg_inherits i ON i.inhrelid = w.oid)
            SELECT n.nspname || '.' || c.relname AS name
            FROM wholes w JOIN pg_class c ON c.oid = w.oid JOIN pg_namespace n ON n.oid = c.relnamespace
            ORDER BY 1
            """;

    /** More would hide the remedy. */
    private static final int MOST_NAMED = 5;

    private final Sql sql;
    private final Set<String> captured;
    private final Problems problems;

    InheritanceCheck(Sql sql, List<String> captured, Problems problems) {
        this.sql = sql;
        this.captured =
                captured.stream().map(table -> TableName.of(table).toString()).collect(Collectors.toSet());
        this.problems = problems;
    }

    /**
     * Checks an existing table.
     *
     * @param partitioned whether what inherits from it are its partitions
     */
    void run(TableName table, boolean partitioned) throws SQLException {
        if (!partitioned) {
            children(table);
        }
        for (Sql.Row whole : sql.rows(WHOLES, table.quoted())) {
            if (captured.contains(whole.text("name"))) {
                problems.add(
                        "tables." + table,
                        "is a partition of " + whole.text("name")
                                + ", which is captured as well: each change is told as that table's. Take one of the"
                                + " two out of the routes");
            }
        }
    }

    private void children(TableName table) throws SQLException {
        List<String> untold = sql.rows(CHILDREN, table.quoted()).stream()
                .map(row -> row.text("name"))
                .filter(child -> !captured.contains(child))
                .toList();
        if (!untold.isEmpty()) {
            problems.add(
                    "tables." + table,
                    "has rows in tables that inherit from it and have no route: " + named(untold)
                            + ". Postgres tells their changes as theirs, not as this table's. Give each a primary key,"
                            + " which it does not inherit, and a route of its own, or leave this table out");
        }
    }

    private static String named(List<String> tables) {
        String first = tables.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return tables.size() <= MOST_NAMED ? first : first + " and " + (tables.size() - MOST_NAMED) + " more";
    }
}
