package io.millrace.common.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Postgres' driver, used without {@link java.sql.DriverManager}. The driver puts itself on the manager's list when it
 * is loaded; the list belongs to the whole process, and would keep the classes of every job that ever ran in it.
 */
public final class UnlistedDriver {

    private UnlistedDriver() {}

    /** Takes the driver off the list if it was loaded for a job. */
    public static synchronized void unlist() throws SQLException {
        boolean ofJob = Driver.class.getClassLoader() != ClassLoader.getSystemClassLoader();
        if (ofJob && Driver.isRegistered()) {
            Driver.deregister();
        }
    }

    /** Opens a connection; the caller closes it. */
    static Connection connect(String url, Properties properties) throws SQLException {
        unlist();
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("no Postgres database has the address " + url);
        }
        return connection;
    }
}
