package io.millrace.common.source.postgres;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** The stream no longer tells the changes of a captured table: a restart cannot help. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class TableLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String REMEDY =
            " What changes meanwhile is in no stream. Drop the slot, and start without a savepoint"
                    + " and with `generation` raised, and with each table routed by the name that it has now: that reads every"
                    + " row again, and sweeps every target";

    /**
     * Makes one.
     *
     * @param what became of which table; the remedy is added
     */
    public TableLostException(String what) {
        super(what + "." + REMEDY);
    }
}
