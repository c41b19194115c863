package io.millrace.common.postgres;

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
public record Sql(Connection connection) {

    /** One row: the text of each column by its name. */
    public record Row(Map<String, @Nullable String> columns) {

        public String text(String column) {
            String value = columns.get(column);
            return value == null ? "" : value;
        }

        public boolean flag(String column) {
            return text(column).equals("t");
        }
    }

    public List<Row> rows(String query, String... arguments) throws SQLException {
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

    public Optional<Row> first(String query, String... arguments) throws SQLException {
        return rows(query, arguments).stream().findFirst();
    }

    /** Asks for one value that is always there. */
    public String value(String query, String... arguments) throws SQLException {
        Map<String, @Nullable String> columns =
                first(query, arguments).orElseThrow().columns();
        String value = columns.values().iterator().next();
        return value == null ? "" : value;
    }

    public void execute(String command) throws SQLException {
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
