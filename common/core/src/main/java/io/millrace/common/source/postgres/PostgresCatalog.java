package io.millrace.common.source.postgres;

import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import io.millrace.common.serde.declared.DeclaredTable;
import io.millrace.common.serde.declared.DeclaredTable.DeclaredColumn;
import io.millrace.common.serde.declared.PostgresType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The types of tables' columns, as the catalog has them; a domain's are those that it stands on, and a list of a domain
 * over an enum is one of the enum.
 */
public final class PostgresCatalog {

    /** A domain over an enum is of an enum's category, as the enum itself. */
    private static final String COLUMNS = """
            WITH RECURSIVE declared AS (
                SELECT a.attnum, a.attname, a.attnotnull, a.atttypid AS type, a.atttypmod AS modifier
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                WHERE n.nspname = ? AND c.relname = ?
                UNION ALL
                SELECT d.attnum, d.attname, d.attnotnull OR t.typnotnull, t.typbasetype, t.typtypmod
                FROM declared d JOIN pg_type t ON t.oid = d.type WHERE t.typtype = 'd')
            SELECT d.attname, d.attnotnull, format_type(d.type, d.modifier) AS type,
                   t.typtype = 'e' AS isenum, coalesce(e.typcategory = 'E', false) AS ofenums
            FROM declared d JOIN pg_type t ON t.oid = d.type
                 LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
            WHERE t.typtype <> 'd'
            ORDER BY d.attnum
            """;

    private PostgresCatalog() {}

    /**
     * Returns the columns of each table that exists.
     *
     * @param tables by schema and name
     * @throws SQLException if the database cannot be asked
     */
    public static Map<String, DeclaredTable> tables(PostgresAddress address, Collection<String> tables)
            throws SQLException {
        Map<String, DeclaredTable> found = new LinkedHashMap<>();
        try (Connection connection = address.connect("catalog")) {
            Sql sql = new Sql(connection);
            for (String table : tables) {
                Map<String, DeclaredColumn> columns = columns(sql, TableName.of(table));
                if (!columns.isEmpty()) {
                    found.put(table, new DeclaredTable(columns));
                }
            }
        }
        return found;
    }

    private static Map<String, DeclaredColumn> columns(Sql sql, TableName table) throws SQLException {
        Map<String, DeclaredColumn> columns = new LinkedHashMap<>();
        for (Sql.Row column : sql.rows(COLUMNS, table.schema(), table.name())) {
            columns.put(column.text("attname"), new DeclaredColumn(type(column), !column.flag("attnotnull")));
        }
        return columns;
    }

    private static PostgresType type(Sql.Row column) {
        if (column.flag("isenum") || column.flag("ofenums")) {
            return new PostgresType("enum", -1, -1, column.flag("ofenums"));
        }
        String declared = column.text("type");
        return PostgresType.parse(declared).orElseGet(() -> new PostgresType(declared, -1, -1, false));
    }
}
