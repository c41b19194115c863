package io.millrace.analytics.experiment;

import io.millrace.analytics.event.UserAction;
import io.millrace.analytics.window.Keying;
import java.util.function.BiConsumer;

/** What shows a variant, and what buys, belongs together by the user. */
final class UserStepKeying implements Keying<UserAction, UserStep> {

    private static final long serialVersionUID = 1L;

    @Override
    public void spread(UserAction action, BiConsumer<String, UserStep> to) {
        if (action.exposure() != null || action.action().paid() != null) {
            to.accept(
                    action.userId(),
                    new UserStep(
                            action.stamp(), action.exposure(), action.action().paid()));
        }
    }
}
