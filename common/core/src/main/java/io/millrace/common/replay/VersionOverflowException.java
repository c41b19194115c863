package io.millrace.common.replay;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** A generation or position does not fit its bits. Never retried: a wrapped version would let old data win. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class VersionOverflowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    VersionOverflowException(String message) {
        super(message);
    }
}
