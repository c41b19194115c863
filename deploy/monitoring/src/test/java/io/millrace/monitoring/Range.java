package io.millrace.monitoring;

import java.time.Duration;
import java.time.Instant;

/**
 * The time that a dashboard shows.
 *
 * @param interval time between two points of a curve
 */
record Range(Instant from, Instant to, Duration interval) {

    /** Returns the time up to now. */
    static Range last(Duration length, Duration interval) {
        Instant now = Instant.now();
        return new Range(now.minus(length), now, interval);
    }

    Duration length() {
        return Duration.between(from, to);
    }
}
