package io.millrace.common.sink.jdbc;

import java.io.IOException;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** A table in Postgres cannot take the rows of its route: a restart changes nothing. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class UnfitTableException extends IOException {

    private static final long serialVersionUID = 1L;

    UnfitTableException(String message) {
        super(message);
    }
}
