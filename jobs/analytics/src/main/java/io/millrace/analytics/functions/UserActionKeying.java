package io.millrace.analytics.functions;

import io.millrace.analytics.event.Action;
import io.millrace.analytics.event.UserAction;
import io.millrace.analytics.window.SingleKeying;

/** An action counts for its user. */
public final class UserActionKeying implements SingleKeying<UserAction, Action> {

    private static final long serialVersionUID = 1L;

    @Override
    public String key(UserAction action) {
        return action.userId();
    }

    @Override
    public Action event(UserAction action) {
        return action.action();
    }
}
