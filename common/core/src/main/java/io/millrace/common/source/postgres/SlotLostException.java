package io.millrace.common.source.postgres;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** The replication slot no longer holds the changes that the job needs next: a restart cannot help. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class SlotLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SlotLostException(String message) {
        super(message);
    }
}
