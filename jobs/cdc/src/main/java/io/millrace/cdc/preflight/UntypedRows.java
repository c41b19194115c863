package io.millrace.cdc.preflight;

import io.millrace.cdc.model.Routes;
import io.millrace.cdc.model.TypeOptions;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Suggestions;
import io.millrace.common.serde.ColumnNames;
import io.millrace.common.serde.declared.DeclaredTable;
import io.millrace.common.serde.declared.DeclaredTables;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Whether the types are known of rows that come without a schema. */
final class UntypedRows {

    private final Routes routes;
    private final DeclaredTables declared;
    private final Problems problems;

    UntypedRows(Routes routes, DeclaredTables declared, Problems problems) {
        this.routes = routes;
        this.declared = declared;
        this.problems = problems;
    }

    /** Notes what is not known of a topic's rows. */
    void check(TopicContent content) {
        for (String table : content.bareTables()) {
            DeclaredTable known = declared.tables().get(table);
            if (known != null) {
                ColumnNames names = Objects.requireNonNull(content.told().get(table));
                compare(table, known.names(), names.row());
            } else if (declared.typed().contains(table)) {
                problems.add(
                        routes.path(table) + ".columns",
                        "are missing: the records of " + content.topic() + " carry no schema, without which nobody can"
                                + " tell a date from a number. Name the columns' types there, or under `"
                                + TypeOptions.CATALOG + "` the database that has " + table
                                + ", or let Debezium write the schema (`value.converter.schemas.enable`, and that of the"
                                + " key)");
            }
        }
    }

    private void compare(String table, Set<String> known, Set<String> met) {
        String path = routes.path(table) + ".columns";
        Set<String> missing = new TreeSet<>(met);
        missing.removeAll(known);
        for (String column : missing) {
            problems.add(
                    path + "." + column,
                    "is missing: rows of " + table + " have this column, and nothing tells its type"
                            + Suggestions.didYouMean(column, known));
        }
    }
}
