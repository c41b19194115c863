package io.millrace.shop.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * One table as Postgres' catalog describes it.
 *
 * @param name without the schema, which is {@code public}
 * @param keyColumns the columns of the primary key, in the key's order
 */
record SourceTable(String name, List<SourceColumn> columns, List<String> keyColumns) {

    private static final String COLUMNS = """
            SELECT a.attname, format_type(coalesce(e.oid, t.oid), NULL), e.oid IS NOT NULL,
                   CASE WHEN a.atttypmod >= 0 AND t.typcategory = 'D' THEN a.atttypmod ELSE 6 END
            FROM pg_attribute a
              JOIN pg_type t ON t.oid = a.atttypid
              LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
            WHERE a.attrelid = ('public.' || quote_ident(?))::regclass AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum
            """;

    private static final String KEY = """
            SELECT a.attname
            FROM pg_index i
              CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (attnum, position)
              JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indisprimary AND i.indrelid = ('public.' || quote_ident(?))::regclass
            ORDER BY k.position
            """;

    static SourceTable describe(Connection connection, String name) throws SQLException {
        List<SourceColumn> columns = new ArrayList<>();
        List<String> key = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(new SourceColumn(
                            rows.getString(1), ColumnType.of(rows.getString(2)), rows.getBoolean(3), rows.getInt(4)));
                }
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(KEY)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    key.add(rows.getString(1));
                }
            }
        }
        return new SourceTable(name, List.copyOf(columns), List.copyOf(key));
    }

    /** Returns the key of a row or of a key object; a column that is not there counts as null. */
    RowKey keyOf(JsonNode row) {
        return new RowKey(keyColumns.stream()
                .map(column -> column + "=" + row.path(column).asText("null"))
                .toList());
    }
}
