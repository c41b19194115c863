package io.millrace.common.sink.batch;

import io.millrace.common.event.RowChange;
import java.io.IOException;
import java.util.List;

/**
 * Carries batches to a target until each row is done, and waits while the target is away. Blocks; as many threads
 * carry as batches may be in flight.
 *
 * @param <R> what a target is told about a table
 */
public interface Carrier<R> {

    /**
     * Returns when every row is done: written, or refused for what it is.
     *
     * @param changes of the route's table, in their order
     * @throws IOException if an outage outlasts the back-off, or no request will ever get through
     */
    Outcome carry(R route, List<RowChange> changes) throws IOException, InterruptedException;

    /** Deletes the rows of a table whose version is below one, however long it takes. */
    void sweep(R route, long version) throws IOException, InterruptedException;
}
