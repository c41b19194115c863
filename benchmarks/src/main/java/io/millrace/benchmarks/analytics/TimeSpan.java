package io.millrace.benchmarks.analytics;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/**
 * The time in which the events of a backlog happened.
 *
 * @param begin in epoch milliseconds, a full hour
 * @param end the first millisecond after it, a full hour too
 */
record TimeSpan(long begin, long end) {

    /** How far behind its turn an event may be: within what all contenders wait for. */
    private static final int DISORDER = 2_000;

    /** Returns so many hours from yesterday's midnight. */
    static TimeSpan ofHours(int hours) {
        long begin = Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .minus(1, ChronoUnit.DAYS)
                .toEpochMilli();
        return new TimeSpan(begin, begin + Duration.ofHours(hours).toMillis());
    }

    /** Returns when an event happened, which comes as the n-th of so many. */
    long timeOf(long event, long events, RandomGenerator random) {
        long turn = begin + (long) ((double) event / events * (end - begin));
        return Math.max(begin, turn - random.nextInt(DISORDER));
    }
}
