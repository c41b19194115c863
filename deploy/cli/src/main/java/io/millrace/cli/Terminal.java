package io.millrace.cli;

/** Whether somebody watches: the {@code millrace} script knows, and says so. */
public final class Terminal {
    private Terminal() {}

    /** Whether standard output is a terminal, so that a line can be written over. */
    public static boolean isInteractive() {
        return Boolean.getBoolean("millrace.terminal");
    }
}
