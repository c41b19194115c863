package io.millrace.cdc.functions;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * A job that goes on from a savepoint is to write known tables to places that it has not filled: what it has read by
 * then would be missing there, and a restart cannot help.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class NewPlaceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NewPlaceException(Iterable<String> places) {
        super("new in the routes of a job that goes on from a savepoint: " + String.join(", ", places)
                + ". The job reads on where it was, so that all rows it has read before would be missing there. Start it"
                + " without the savepoint (one that reads topics reads them again, and versions keep an older row from"
                + " replacing a newer one; one that captures takes a snapshot, and wants `generation` raised by one), or"
                + " fill the place by a job of its own");
    }
}
