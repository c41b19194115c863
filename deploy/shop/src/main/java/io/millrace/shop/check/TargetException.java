package io.millrace.shop.check;

/** A target could not be read. */
public final class TargetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TargetException(String message) {
        super(message);
    }

    public TargetException(String message, Throwable cause) {
        super(message, cause);
    }
}
