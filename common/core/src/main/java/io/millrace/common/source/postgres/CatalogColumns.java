package io.millrace.common.source.postgres;

import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import io.millrace.common.serde.ColumnNames;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns of tables, as the catalog has them. */
final class CatalogColumns {

    private static final String LOOK_UP = """
            SELECT a.attname, coalesce(a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1]), false) AS keyed
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                 LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
            WHERE n.nspname = ? AND c.relname = ?
            ORDER BY a.attnum
            """;

    private CatalogColumns() {}

    /** Returns the columns of each table that exists, by its name with the schema. */
    static Map<String, ColumnNames> of(Sql sql, List<TableName> tables) throws SQLException {
        Map<String, ColumnNames> columns = new LinkedHashMap<>();
        for (TableName table : tables) {
            Set<String> key = new LinkedHashSet<>();
            Set<String> row = new LinkedHashSet<>();
            for (Sql.Row column : sql.rows(LOOK_UP, table.schema(), table.name())) {
                row.add(column.text("attname"));
                if (column.flag("keyed")) {
                    key.add(column.text("attname"));
                }
            }
            if (!row.isEmpty()) {
                columns.put(table.toString(), new ColumnNames(key, row));
            }
        }
        return columns;
    }
}
