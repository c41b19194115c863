package io.millrace.common.failure;

/**
 * One element is not what its contract says, and trying again would not help: it goes to the dead letters and the
 * pipeline goes on. Never thrown for an outage. The message holds no payload.
 */
public class DataException extends Exception {

    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
