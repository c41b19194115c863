package io.millrace.cli;

/** Ends a command with exit code 1; the message is what the user reads: what, which value, why, and the remedy. */
public class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one or a few plain lines */
    public CommandFailure(String message) {
        super(message);
    }

    /**
     * @param message one or a few plain lines
     * @param cause shown with {@code --debug} only
     */
    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
