package io.millrace.cdc.proof;

import io.millrace.shop.ShopDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table or view as Postgres prints it.
 *
 * @param relation with its schema
 * @param columns those that are looked at
 */
record PrintedRows(ShopDatabase database, String relation, List<String> columns) {

    /**
     * Returns the texts of the columns of one row, blanks at their ends included; null for null.
     *
     * @param row the condition that it alone fulfils
     */
    List<String> values(String row) throws SQLException {
        return texts(columns.stream()
                .map(column -> "CASE WHEN " + column + " IS NOT NULL THEN format('%s', " + column + ") END")
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + relation + " WHERE " + row)));
    }

    /** Returns the names of the columns' types. */
    List<String> types() throws SQLException {
        return texts(columns.stream()
                .map(column -> "(SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = '"
                        + relation + "'::regclass AND attname = '" + column + "')")
                .collect(Collectors.joining(", ", "SELECT ", "")));
    }

    private List<String> texts(String query) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            row.next();
            for (int i = 1; i <= columns.size(); i++) {
                texts.add(row.getString(i));
            }
            return texts;
        }
    }
}
