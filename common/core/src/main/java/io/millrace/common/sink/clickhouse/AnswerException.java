package io.millrace.common.sink.clickhouse;

import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** ClickHouse answered a request with an error, or did not answer. */
final class AnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    private static final int NONE = 0;

    /** Where values of rows begin in what ClickHouse says. */
    private static final Pattern PAYLOAD = Pattern.compile(
            "(?s)(If you use ClickHouse Cloud|Column values:|Expression:|[(:] ?at row \\d|Row \\d+:|Cannot parse|while parsing|: While executing)");

    private final int code;

    private AnswerException(int code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** There is an answer. Its words are kept up to where they repeat what was to be written; so the cause is not. */
    static AnswerException answered(String url, int code, String message) {
        return new AnswerException(
                code, "ClickHouse at " + url + " answered: " + PAYLOAD.split(message, 2)[0].strip(), null);
    }

    /** There is none. */
    static AnswerException silent(String url, Throwable cause) {
        return new AnswerException(NONE, "ClickHouse at " + url + " does not answer: " + root(cause), cause);
    }

    /** The client's own words hide it. */
    private static Throwable root(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    int code() {
        return code;
    }

    AnswerKind kind() {
        return AnswerKind.of(code);
    }
}
