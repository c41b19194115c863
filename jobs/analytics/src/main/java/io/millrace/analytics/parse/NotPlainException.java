package io.millrace.analytics.parse;

import java.io.IOException;

/** JSON is not written in the plain way, and may be right or wrong: only a parser can tell. */
final class NotPlainException extends IOException {

    private static final long serialVersionUID = 1L;

    NotPlainException() {
        super("not plain");
    }

    /** None: it ends an attempt, and nobody is told. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
