package io.millrace.analytics.model;

import java.io.Serializable;
import java.time.Duration;

/**
 * Who counts as a high-value user, and where that is told.
 *
 * @param purchasesAbove more purchases than this in a window are enough
 * @param clicksAbove more clicks than this are enough, too
 * @param timeToLive of what Redis holds of a user, from the last window on
 * @param topic that is told of a user who comes into the state
 */
public record ActivityOptions(long purchasesAbove, long clicksAbove, Duration timeToLive, String topic)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Tells whether a user is in the state. */
    public boolean isHighValue(UserActivity activity) {
        return activity.purchases() > purchasesAbove || activity.clicks() > clicksAbove;
    }
}
