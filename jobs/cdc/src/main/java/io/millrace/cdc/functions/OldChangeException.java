package io.millrace.cdc.functions;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * A change would count as older than the snapshot's rows, and every target would refuse it: the job goes on from a
 * savepoint of a snapshot that had not finished a single part, over topics whose versions were ahead of the database's
 * log. A restart reads the same change again.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class OldChangeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OldChangeException(String table, long order, long start) {
        super("a change of " + table + " has the order " + order + ", and the snapshot's rows have " + start
                + ": every target would refuse the change as older than its row. Drop the slot, and start the job without"
                + " a savepoint and with `generation` raised by one");
    }
}
