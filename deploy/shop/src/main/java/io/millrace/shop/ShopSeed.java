package io.millrace.shop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that are there before anything listens.
 *
 * @param rows how many of each table, by its name; a table that is not named stays empty
 */
public record ShopSeed(Map<String, Integer> rows, long seed) {

    private static final int BATCH = 500;

    /** Makes a seed of users, products and orders; there are two lines to an order and some coupons. */
    public static ShopSeed of(int users, int products, int orders, long seed) {
        return new ShopSeed(
                Map.of(
                        "users", users,
                        "products", products,
                        "orders", orders,
                        "order_lines", 2 * orders,
                        "coupons", Math.min(200, products)),
                seed);
    }

    /** Writes the rows into the empty tables, each table in one transaction. */
    public void plant(ShopDatabase database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (ShopTable table : ShopTables.ALL) {
                insert(connection, table, rows.getOrDefault(table.name(), 0));
                statement.execute("ANALYZE " + table.name());
                connection.commit();
            }
        }
    }

    /** Returns how many rows the seed has in all. */
    public int total() {
        return rows.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void insert(Connection connection, ShopTable table, int count) throws SQLException {
        ShopRandom random = new ShopRandom(seed ^ table.name().hashCode());
        try (PreparedStatement statement = connection.prepareStatement(table.insertSql())) {
            for (int number = 1; number <= count; number++) {
                List<@Nullable String> row = table.row(number, random);
                for (int i = 0; i < row.size(); i++) {
                    statement.setString(i + 1, row.get(i));
                }
                statement.addBatch();
                if (number % BATCH == 0 || number == count) {
                    statement.executeBatch();
                }
            }
        }
    }
}
