package io.millrace.local;

/** A local server could not be prepared, started or stopped; the message says which, why and what to do. */
public class LocalServerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Makes one from a message for people. */
    public LocalServerException(String message) {
        super(message);
    }

    /** Makes one from a message for people and its cause. */
    public LocalServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
