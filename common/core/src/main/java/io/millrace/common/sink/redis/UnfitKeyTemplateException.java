package io.millrace.common.sink.redis;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** A key template does not fit the key of its table: wrong for every row, and a restart cannot help. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class UnfitKeyTemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnfitKeyTemplateException(String message) {
        super(message);
    }
}
