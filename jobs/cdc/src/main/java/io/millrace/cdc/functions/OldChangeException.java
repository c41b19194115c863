package io.millrace.cdc.functions;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * A change has an order that lies below the snapshot's rows: targets would refuse it as older than what they hold, and
 * a restart reads the same change again.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class OldChangeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OldChangeException(String table, long order, long start) {
        super("a change of " + table + " has the order " + order + ", and the snapshot's rows have " + start
                + ": every target would refuse the change as older than its row. The database's log was begun anew, as"
                + " after a restore. Drop the slot, raise `generation` by one and start without the savepoint");
    }
}
