package io.millrace.analytics.window;

import org.apache.flink.streaming.api.TimerService;

/**
 * What an attempt may have written that went on from the same checkpoint and failed. Nothing of it is in the state; but
 * no time of events is ahead of the clock, so that it had reached no more than the time of this restart.
 */
public final class LostAttempt {

    private static final long UNKNOWN = Long.MAX_VALUE;
    private static final long NEVER = Long.MIN_VALUE;

    private long until;

    private LostAttempt(long until) {
        this.until = until;
    }

    /**
     * Returns what there may have been.
     *
     * @param isRestored whether this attempt goes on from a checkpoint
     */
    public static LostAttempt of(boolean isRestored) {
        return new LostAttempt(isRestored ? UNKNOWN : NEVER);
    }

    /**
     * Tells whether it may have written what is written once a time is reached.
     *
     * @param time in epoch milliseconds
     */
    public boolean mayHaveReached(long time, TimerService timers) {
        if (until == UNKNOWN) {
            until = timers.currentProcessingTime();
        }
        return time <= until;
    }
}
