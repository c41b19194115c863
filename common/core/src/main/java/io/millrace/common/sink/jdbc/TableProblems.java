package io.millrace.common.sink.jdbc;

import io.millrace.common.postgres.TableName;
import java.util.ArrayList;
import java.util.List;

/** What keeps a table that is there already from taking the rows of any source. */
final class TableProblems {

    private TableProblems() {}

    /** Returns all of it, each with its remedy; nothing for a table that is not there. */
    static List<String> of(TableName table, TableLayout layout) {
        List<String> problems = new ArrayList<>();
        if (!layout.canHaveView()) {
            problems.add(table + PostgresRoute.VIEW_SUFFIX
                    + " is no view, and the view of current rows would have its name; name another table in the route");
        }
        if (!layout.isThere()) {
            return problems;
        }
        if (!layout.isTable()) {
            problems.add(table + " is no table; name another one in the route");
        } else if (!layout.hasVersions()) {
            problems.add(table + " has not the columns that keep versions and deletions: ALTER TABLE " + table.quoted()
                    + " ADD COLUMN " + PostgresRoute.VERSION + " " + TableLayout.VERSION_TYPE + " NOT NULL DEFAULT 0,"
                    + " ADD COLUMN " + PostgresRoute.DELETED_AT + " timestamptz; or name another table in the route."
                    + " It must not be the source's own");
        }
        for (String column : layout.neverNull()) {
            problems.add(table + "'s column " + column + " cannot be null, as it is in a row that is gone: ALTER TABLE "
                    + table.quoted() + " ALTER COLUMN " + TableName.quote(column) + " DROP NOT NULL");
        }
        return problems;
    }
}
