package io.millrace.common.failure;

import java.io.IOException;
import java.io.Serializable;

/** Where a sink puts the elements its target refuses: travels with the job graph, and is opened where the sink runs. */
public interface DeadLetterQueue extends Serializable {

    /**
     * Opens a writer for one subtask.
     *
     * @throws IOException if the queue cannot be reached; the job must not start writing without it
     */
    DeadLetterWriter open() throws IOException;
}
