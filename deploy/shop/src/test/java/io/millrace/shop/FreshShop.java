package io.millrace.shop;

import io.millrace.local.Addresses;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A shop in a database of its own, so that test classes can share one Postgres. */
public final class FreshShop {

    private FreshShop() {}

    public static ShopDatabase create(Addresses addresses, String name) throws SQLException {
        ShopDatabase admin =
                new ShopDatabase(addresses.postgresUrl(), addresses.postgresUser(), addresses.postgresPassword());
        try (Connection connection = admin.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
            statement.execute("CREATE DATABASE " + name);
        }
        String url = "jdbc:postgresql://" + addresses.postgresHost() + ":" + addresses.postgresPort() + "/" + name;
        ShopDatabase shop = new ShopDatabase(url, admin.user(), admin.password());
        ShopSchema.create(shop);
        return shop;
    }

    public static void execute(ShopDatabase shop, String sql) throws SQLException {
        try (Connection connection = shop.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
