package io.millrace.archive.crypt;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One connection, kept between calls and opened anew after one that failed. Used by one thread. */
final class Database implements AutoCloseable {

    private final Connections connections;
    private @Nullable Connection connection;

    Database(Connections connections) {
        this.connections = connections;
    }

    /** Runs work as one transaction. */
    <T> T transaction(String what, Work<T> work) throws KeyStoreException {
        return statement(what, connection -> {
            connection.setAutoCommit(false);
            T result = work.run(connection);
            connection.commit();
            connection.setAutoCommit(true);
            return result;
        });
    }

    /** Runs one statement, which is a transaction of its own: one round trip instead of two. */
    <T> T statement(String what, Work<T> work) throws KeyStoreException {
        try {
            return work.run(open());
        } catch (SQLException e) {
            close();
            throw KeyStoreException.outage("the key store did not " + what + ": " + e.getMessage(), e);
        } catch (KeyStoreException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Says whether a row is there.
     *
     * @param where the table and a condition with one parameter
     */
    boolean exists(String where, Object value) throws KeyStoreException {
        return transaction("look into its tables", connection -> {
            String sql = "SELECT EXISTS (SELECT FROM millrace_audit." + where + ")";
            try (PreparedStatement statement = prepare(connection, sql, value);
                    ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        });
    }

    private Connection open() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = connections.open();
            connection = open;
        }
        return open;
    }

    static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // it is given up all the same, and with it what was not committed
            }
        }
    }

    /** Works on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException, KeyStoreException;
    }
}
