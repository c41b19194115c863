package io.millrace.shop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The shop's tables in Postgres: replica identity DEFAULT, as a user's own tables would have. */
public final class ShopSchema {

    /** The tables in the order in which they are created. */
    public static final List<String> TABLES =
            ShopTables.ALL.stream().map(ShopTable::name).toList();

    private ShopSchema() {}

    /** Creates the tables in the schema {@code public}; fails if one is there already. */
    public static void create(ShopDatabase database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(ddl());
        }
    }

    /** Drops the tables with all their rows; missing ones are no error. */
    public static void drop(ShopDatabase database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + String.join(", ", TABLES));
            statement.execute("DROP TYPE IF EXISTS order_status");
        }
    }

    /** Returns the statements that create the tables. */
    public static String ddl() {
        try (InputStream in = ShopSchema.class.getResourceAsStream("schema.sql")) {
            if (in == null) {
                throw new IllegalStateException("schema.sql is missing from the shop's jar; build deploy/shop again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
