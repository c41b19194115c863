package io.millrace.shop.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.shop.ShopDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What Postgres holds at one moment: every row of some tables in canonical form, read in one transaction. */
public final class SourceSnapshot {

    private static final int FETCH = 500;

    private final Map<String, SourceTable> tables = new TreeMap<>();
    private final Map<String, Map<RowKey, JsonNode>> rows = new TreeMap<>();

    private SourceSnapshot() {}

    /**
     * Reads the tables.
     *
     * @param names without the schema, which is {@code public}
     */
    public static SourceSnapshot take(ShopDatabase database, List<String> names) throws SQLException {
        SourceSnapshot snapshot = new SourceSnapshot();
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            for (String name : names) {
                SourceTable table = SourceTable.describe(connection, name);
                snapshot.tables.put(name, table);
                snapshot.rows.put(name, read(connection, table));
            }
            connection.rollback();
        }
        return snapshot;
    }

    SourceTable table(String name) {
        return known(tables, name);
    }

    Map<RowKey, JsonNode> rows(String table) {
        return known(rows, table);
    }

    private static Map<RowKey, JsonNode> read(Connection connection, SourceTable table) throws SQLException {
        Map<RowKey, JsonNode> rows = new TreeMap<>();
        String columns = table.columns().stream()
                .map(column -> "'" + column.name().replace("'", "''") + "', " + column.expression())
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            try (ResultSet found = statement.executeQuery("SELECT jsonb_build_object(" + columns
                    + ")::text FROM public.\"" + table.name().replace("\"", "\"\"") + '"')) {
                while (found.next()) {
                    JsonNode row = Json.parse(found.getString(1));
                    rows.put(table.keyOf(row), row);
                }
            }
        }
        return rows;
    }

    private static <T> T known(Map<String, T> map, String name) {
        T value = map.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "the snapshot has no table `" + name + "`; it was taken of " + map.keySet());
        }
        return value;
    }
}
