package io.millrace.analytics.model;

import io.millrace.analytics.window.Window;
import io.millrace.analytics.window.WindowForm;

/** Makes activities of users. */
public record UserActivityForm() implements WindowForm<ActivityTally, UserActivity> {

    private static final long serialVersionUID = 1L;

    @Override
    public UserActivity of(Window window, ActivityTally tally) {
        return UserActivity.of(window, tally);
    }

    @Override
    public boolean onlyReads() {
        return true;
    }
}
