package io.millrace.shop;

/** The workload could not be played. */
public final class WorkloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WorkloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
