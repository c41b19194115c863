package io.millrace.shop;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Where the shop's Postgres is, and how to open a connection to it.
 *
 * @param password empty if the server asks for none
 */
public record ShopDatabase(String jdbcUrl, String user, String password) {

    /** Opens a connection that sends text parameters untyped, so that Postgres reads them as the column's type. */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("stringtype", "unspecified");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("ApplicationName", "shop");
        properties.setProperty("connectTimeout", "10");
        return DriverManager.getConnection(jdbcUrl, properties);
    }

    @Override
    public String toString() {
        return "ShopDatabase[" + jdbcUrl + ", " + user + "]";
    }
}
