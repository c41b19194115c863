package io.millrace.cli.result;

import java.time.Instant;

/**
 * A span of time.
 *
 * @param from its first moment
 * @param until the first moment behind it
 */
record Span(Instant from, Instant until) {

    boolean isEmpty() {
        return !from.isBefore(until);
    }

    @Override
    public String toString() {
        return from + " to " + until;
    }
}
