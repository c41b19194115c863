package io.millrace.local;

import java.time.Duration;

/** Is told how a start goes, from several threads at once. */
public interface StartListener {

    /** Says nothing. */
    StartListener SILENT = new StartListener() {};

    /**
     * A process is about to be prepared and started.
     *
     * @param process its name, such as {@code kafka}
     */
    default void starting(String process) {}

    /**
     * A process answers its own protocol.
     *
     * @param process its name
     * @param elapsed since {@link #starting}
     */
    default void ready(String process, Duration elapsed) {}

    /**
     * A download goes on.
     *
     * @param what what is fetched, for people
     * @param bytes how much is there, what an earlier run left included
     * @param total how much there will be; 0 if unknown
     */
    default void downloading(String what, long bytes, long total) {}

    /**
     * Something worth a line happened: a database was initialized, a binary unpacked.
     *
     * @param text for people
     */
    default void note(String text) {}
}
