package io.millrace.common.postgres;

import io.millrace.common.config.Secret;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/**
 * Where a database is and who asks.
 *
 * @param password printed by nobody
 */
public record PostgresAddress(String host, int port, String database, String user, Secret password, PostgresTls tls)
        implements Serializable {

    /** How long a server may take to answer whoever connects. */
    public static final int LOGIN_SECONDS = 10;

    /**
     * Lets Postgres print times in UTC. The driver asks for the zone of its machine, so that a range or an array of
     * times would be another text on each.
     */
    public static final String IN_UTC = "SET TimeZone TO 'UTC'";

    /** Makes an address that is encrypted if the server offers it. */
    public PostgresAddress(String host, int port, String database, String user, Secret password) {
        this(host, port, database, user, password, PostgresTls.DEFAULT);
    }

    /**
     * Opens a connection; the caller closes it.
     *
     * @param purpose shown in {@code pg_stat_activity} as the application's name
     * @throws SQLException if the server is not reached within ten seconds, or refuses
     */
    public Connection connect(String purpose) throws SQLException {
        return connect(purpose, Map.of());
    }

    /**
     * Does what {@link #connect(String)} does, with further properties of the driver.
     *
     * @param further as {@code socketTimeout} to seconds
     */
    public Connection connect(String purpose, Map<String, String> further) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password.reveal());
        properties.setProperty("ApplicationName", "millrace " + purpose);
        properties.setProperty("loginTimeout", Integer.toString(LOGIN_SECONDS));
        properties.setProperty("binaryTransfer", "false");
        properties.setProperty("tcpKeepAlive", "true");
        properties.putAll(tls.properties());
        properties.putAll(further);
        Connection connection = UnlistedDriver.connect(url(), properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute(IN_UTC);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Returns the JDBC URL, without user and password. */
    public String url() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }
}
