package io.millrace.common.source.postgres;

import java.time.Duration;

/**
 * How long a stream is left alone when nothing comes: the longer it is quiet the longer, so that the next change of a
 * busy one waits for a moment, and a quiet one costs little.
 */
final class Rest {

    /** Looks of about a millisecond each before the first rest, and between two. */
    private static final int LOOKS = 5;

    private static final long FIRST_MILLIS = 1;

    private final long longest;
    private int looks;
    private long next = FIRST_MILLIS;

    /** Makes one of a stream that is not quiet yet. */
    Rest(Duration longest) {
        this.longest = longest.toMillis();
    }

    /** Begins anew: something came. */
    void end() {
        looks = 0;
        next = FIRST_MILLIS;
    }

    /** Returns for how many milliseconds not to look again after a look that found nothing; mostly 0. */
    long millis() {
        if (++looks < LOOKS) {
            return 0;
        }
        looks = 0;
        long now = Math.min(next, longest);
        next = Math.min(2 * next, longest);
        return now;
    }
}
