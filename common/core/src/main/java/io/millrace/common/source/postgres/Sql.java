package io.millrace.common.source.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Small questions to a database, answered as text. */
record Sql(Connection connection) {

    /** One row: the text of each column by its name. */
    record Row(Map<String, @Nullable String> columns) {

        String text(String column) {
            String value = columns.get(column);
            return value == null ? "" : value;
        }

        boolean flag(String column) {
            return text(column).equals("t");
        }
    }

    List<Row> rows(String query, String... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                List<Row> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(row(result));
                }
                return rows;
            }
        }
    }

    Optional<Row> first(String query, String... arguments) throws SQLException {
        return rows(query, arguments).stream().findFirst();
    }

    /** Asks for one value that is always there. */
    String value(String query, String... arguments) throws SQLException {
        Map<String, @Nullable String> columns =
                first(query, arguments).orElseThrow().columns();
        String value = columns.values().iterator().next();
        return value == null ? "" : value;
    }

    void execute(String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static Row row(ResultSet result) throws SQLException {
        Map<String, @Nullable String> columns = new HashMap<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            columns.put(result.getMetaData().getColumnLabel(i), result.getString(i));
        }
        return new Row(columns);
    }
}
