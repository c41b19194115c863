package io.millrace.common.sink.batch;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a batch of a table's rows goes out: at whichever comes first, and at every checkpoint.
 *
 * @param maxRows in a batch
 * @param maxBytes of the rows' JSON
 * @param interval how long a row waits for others
 * @param maxInFlight batches that are written at the same time; more hold the source back
 */
public record Batching(int maxRows, long maxBytes, Duration interval, int maxInFlight) implements Serializable {

    private static final long serialVersionUID = 1L;
}
