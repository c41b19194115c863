package io.millrace.common.failure;

import java.io.IOException;
import java.util.List;

/** Writes dead letters from one subtask. Used by one thread at a time. */
public interface DeadLetterWriter extends AutoCloseable {

    /**
     * Writes dead letters and waits until all of them are acknowledged: after that, and not before, the refused
     * elements count as done.
     *
     * @throws IOException if one is not acknowledged; the elements are then written again after a restart
     */
    void write(List<DeadLetter> letters) throws IOException;

    @Override
    void close() throws IOException;
}
