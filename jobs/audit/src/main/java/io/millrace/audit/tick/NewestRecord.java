package io.millrace.audit.tick;

import java.io.IOException;
import java.io.Serializable;

/** Tells what time the brokers gave last: no clock of this job's machines can be ahead of it unnoticed. */
@FunctionalInterface
public interface NewestRecord extends Serializable {

    /** What {@link #time} returns if the topic holds nothing. */
    long NONE = -1;

    /**
     * Asks for the time of the topic's newest record, in milliseconds since 1970.
     *
     * @throws IOException if nobody answers
     */
    long time() throws IOException;
}
