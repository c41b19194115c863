package io.millrace.common.replay;

/** A generation or position does not fit its bits. Never retried: a wrapped version would let old data win. */
public final class VersionOverflowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    VersionOverflowException(String message) {
        super(message);
    }
}
