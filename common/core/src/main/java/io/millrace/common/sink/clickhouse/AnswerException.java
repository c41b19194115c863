package io.millrace.common.sink.clickhouse;

import java.io.IOException;

/** ClickHouse answered a request with an error, or did not answer. */
final class AnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    private static final int NONE = 0;

    private final int code;

    private AnswerException(int code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** There is an answer. */
    static AnswerException answered(int code, String message, Throwable cause) {
        return new AnswerException(code, message, cause);
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
