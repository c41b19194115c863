package io.millrace.common.source.postgres;

import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Columns that Postgres computes from others. Since version 18 a publication can send those that are stored; virtual
 * ones, and all of them before, are in no change of the stream.
 */
final class GeneratedColumns {

    /** The first version that has them. */
    private static final int KNOWN = 120_000;

    /** The first version whose publications have the setting. */
    private static final int PUBLISHABLE = 180_000;

    private static final String UNSENT = """
            SELECT a.attname, EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary
                   AND a.attnum = ANY (i.indkey)) AS keyed
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND a.attgenerated <> ''
            AND NOT (a.attgenerated = 's' AND coalesce(
                    (SELECT to_jsonb(p) ->> 'pubgencols' = 's' FROM pg_publication p WHERE p.pubname = ?),
                    current_setting('server_version_num')::int >= %d))
            ORDER BY a.attnum
            """.formatted(PUBLISHABLE);

    private final Sql sql;

    /**
     * A column that is in no change.
     *
     * @param keyed whether it is part of the primary key
     */
    record Unsent(String name, boolean keyed) {

        /** Returns names, as a message has them. */
        static String names(List<Unsent> columns) {
            return columns.stream().map(Unsent::name).collect(Collectors.joining(", "));
        }
    }

    GeneratedColumns(Sql sql) {
        this.sql = sql;
    }

    /** Returns whether a publication of this server can send the stored ones. */
    boolean canBePublished() throws SQLException {
        return version() >= PUBLISHABLE;
    }

    /**
     * Returns the columns of a table that the stream never brings.
     *
     * @param publication that sends the table, or will once it is made
     */
    List<Unsent> unsent(TableName table, String publication) throws SQLException {
        if (version() < KNOWN) {
            return List.of();
        }
        return sql.rows(UNSENT, table.schema(), table.name(), publication).stream()
                .map(row -> new Unsent(row.text("attname"), row.flag("keyed")))
                .toList();
    }

    private int version() throws SQLException {
        return Integer.parseInt(sql.value("SHOW server_version_num"));
    }
}
