package io.millrace.analytics.model;

import io.millrace.common.replay.Version;

/**
 * Versions of a key that stands for one window after the other: the position begins with the minute (26 bits, until the
 * year 2097), and then has the number of events (29 bits). One with half a billion events or more is served by the minute
 * alone.
 */
public final class MinuteVersion {

    private static final int EVENT_BITS = 29;
    private static final long MINUTE = 60_000;

    private MinuteVersion() {}

    /**
     * Returns the version of what came to so many events by a time.
     *
     * @param time of which the minute is taken, in epoch milliseconds
     */
    public static long of(int generation, long time, long events) {
        long most = (1L << EVENT_BITS) - 1;
        return Version.of(generation, ((time / MINUTE) << EVENT_BITS) | Math.min(events, most));
    }
}
