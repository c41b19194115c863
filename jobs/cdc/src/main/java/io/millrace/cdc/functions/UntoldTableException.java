package io.millrace.cdc.functions;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * A job goes on from a savepoint, and its tables were not all captured up to it and are not all new: rows would be
 * missing, and a restart cannot help.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class UntoldTableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String ANEW = "drop the slot, and start the job without a savepoint and with `generation`"
            + " raised by one: it then takes a snapshot of every table";

    /**
     * Says of tables that a savepoint of an earlier version does not have.
     *
     * @param tables schema and name of each
     */
    UntoldTableException(Iterable<String> tables) {
        super(String.join(", ", tables) + ": not in the savepoint, which is of an earlier version, but in the"
                + " publication before the job was submitted, so that nobody can tell whether its rows were read. Take"
                + " the table out of the publication (ALTER PUBLICATION … DROP TABLE …) and submit the job again, or "
                + ANEW);
    }

    /**
     * Says of a table whose changes were not published for a while.
     *
     * @param table schema and name
     */
    UntoldTableException(String table) {
        super(table + ": captured before the savepoint, but no longer in the publication when the job was submitted:"
                + " what changed in between is in no stream. Has it been made anew under its name? Take it out of the"
                + " routes and capture it by a job of its own, or " + ANEW);
    }
}
