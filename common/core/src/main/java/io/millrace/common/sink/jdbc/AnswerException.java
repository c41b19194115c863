package io.millrace.common.sink.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Postgres answered a request with an error, or did not answer. The driver's own exceptions are left behind: those of a
 * batch repeat its rows.
 */
final class AnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    private static final String NOT_NULL = "23502";
    private static final String ASCII = "(?s)[\\x00-\\x7F]*";

    /** What an answer quotes: names, and of a data exception the value. */
    private static final Pattern QUOTED = Pattern.compile("(?s)\".*\"");

    private final @Nullable String sqlState;

    private AnswerException(@Nullable String sqlState, String message) {
        super(message);
        this.sqlState = sqlState;
    }

    static AnswerException of(String url, SQLException error) {
        String state = error.getSQLState();
        ServerErrorMessage answer = answer(error);
        String said = AnswerKind.of(state) == AnswerKind.DATA
                ? withoutValues(state, answer)
                : answer == null ? String.valueOf(error.getMessage()) : String.valueOf(answer.getMessage());
        return new AnswerException(
                state, "Postgres at " + url + (answer == null ? ": " : " answered: ") + said + " (" + state + ")");
    }

    /** Of a batch's error, the first of those in the chain that Postgres gave. */
    private static @Nullable ServerErrorMessage answer(SQLException error) {
        for (Throwable one : error) {
            if (one instanceof PSQLException postgres && postgres.getServerErrorMessage() != null) {
                return postgres.getServerErrorMessage();
            }
        }
        return null;
    }

    /** The server words of a constraint name it alone; those of a data exception quote the value last. */
    private static String withoutValues(@Nullable String state, @Nullable ServerErrorMessage answer) {
        String message = answer == null ? null : answer.getMessage();
        if (answer == null || message == null || !message.matches(ASCII)) {
            return "the row is not what the table takes";
        }
        boolean named = NOT_NULL.equals(state) || answer.getConstraint() != null;
        if (named) {
            return message;
        }
        return String.valueOf(state).startsWith("22") || String.valueOf(state).startsWith("54")
                ? QUOTED.matcher(message).replaceAll("\"…\"")
                : "a trigger or a rule of the table refused the row; the server's log has its words";
    }

    @Nullable
    String sqlState() {
        return sqlState;
    }

    AnswerKind kind() {
        return AnswerKind.of(sqlState);
    }
}
