package io.millrace.shop;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A client's two connections, opened when they are wanted, both with auto-commit off. */
final class ShopSessions implements AutoCloseable {

    private final ShopDatabase database;
    private @Nullable Connection own;
    private @Nullable Connection rival;

    ShopSessions(ShopDatabase database) {
        this.database = database;
    }

    Connection own() throws SQLException {
        Connection open = own;
        if (open == null) {
            open = open();
            own = open;
        }
        return open;
    }

    Connection rival() throws SQLException {
        Connection open = rival;
        if (open == null) {
            open = open();
            rival = open;
        }
        return open;
    }

    void rollback() {
        try {
            for (Connection session : new @Nullable Connection[] {own, rival}) {
                if (session != null) {
                    session.rollback();
                }
            }
        } catch (SQLException e) {
            close();
        }
    }

    @Override
    public void close() {
        close(own);
        close(rival);
        own = null;
        rival = null;
    }

    private Connection open() throws SQLException {
        Connection session = database.connect();
        session.setAutoCommit(false);
        return session;
    }

    private static void close(@Nullable Connection session) {
        try {
            if (session != null) {
                session.close();
            }
        } catch (SQLException ignored) {
            // the server has closed it already, and its open transaction is rolled back either way
        }
    }
}
