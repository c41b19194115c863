package io.millrace.audit.tick;

import java.io.IOException;
import java.io.Serializable;

/** Tells how many partitions the topic has. */
@FunctionalInterface
public interface Partitions extends Serializable {

    /**
     * Asks for them.
     *
     * @throws IOException if nobody answers
     */
    int count() throws IOException;
}
