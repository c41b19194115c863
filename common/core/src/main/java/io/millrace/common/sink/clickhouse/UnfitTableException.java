package io.millrace.common.sink.clickhouse;

import java.io.IOException;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** A table of ClickHouse's cannot take the rows of its route, or no request gets through: a restart changes nothing. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class UnfitTableException extends IOException {

    private static final long serialVersionUID = 1L;

    UnfitTableException(String message) {
        super(message);
    }
}
