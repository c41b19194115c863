package io.millrace.common.source.postgres;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** A job that goes on from a savepoint is to capture tables whose rows it would never read: a restart cannot help. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class NewTableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param tables schema and name of each
     */
    public NewTableException(Iterable<String> tables) {
        super(String.join(", ", tables) + ": " + problem());
    }

    /** Returns what is wrong, and the remedy. */
    static String problem() {
        return "new in the routes of a job that goes on from a savepoint, which reads changes only: the rows that are"
                + " there already would never arrive. Drop the slot, and start the job without the savepoint and with"
                + " `generation` raised by one (it then takes a snapshot of every table), or capture the table by a job"
                + " of its own, with its own name, slot and publication";
    }
}
