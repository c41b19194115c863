package io.millrace.shop;

import java.sql.SQLException;

/** What Postgres' error codes mean for a client: https://www.postgresql.org/docs/current/errcodes-appendix.html. */
final class SqlStates {

    private SqlStates() {}

    /** Whether a unique key is taken. */
    static boolean isTaken(SQLException e) {
        return "23505".equals(e.getSQLState());
    }

    /** Whether another session was in the way, so that the transaction may be tried again. */
    static boolean isConflict(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return isTaken(e) || state.startsWith("40") || state.equals("55P03");
    }

    /** Whether the connection is gone, or the server is about to go or not there yet. */
    static boolean isOutage(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }
}
