package io.millrace.analytics.model;

import io.millrace.analytics.window.Window;

/**
 * What a user did in a window; nothing, if the user has gone.
 *
 * @param window whose key is the user
 * @param events distinct ones, those of other types included
 * @param late events of these that came after their slice had ended
 */
public record UserActivity(
        Window window,
        long pageViews,
        long clicks,
        long searches,
        long purchases,
        long events,
        long late,
        LatestPurchase latest) {

    /** Returns that of a user of whom nothing is known in a window. */
    public static UserActivity none(Window window) {
        return of(window, new ActivityTally());
    }

    static UserActivity of(Window window, ActivityTally tally) {
        return new UserActivity(
                window,
                tally.pageViews(),
                tally.clicks(),
                tally.searches(),
                tally.purchases(),
                tally.events(),
                tally.late(),
                tally.latest());
    }

    public String userId() {
        return window.key();
    }
}
