package io.millrace.analytics.session;

import io.millrace.analytics.event.UserAction;
import io.millrace.analytics.window.Keying;
import java.util.function.BiConsumer;

/**
 * An action is a step of the session that it names; one that names none is of no session. Views are named by themselves:
 * one with the name of an action is another event.
 */
final class ActionSteps implements Keying<UserAction, Step> {

    private static final long serialVersionUID = 1L;

    @Override
    public void spread(UserAction action, BiConsumer<String, Step> to) {
        if (action.sessionId() != null) {
            to.accept(
                    action.sessionId(),
                    new Step(
                            action.stamp().ofAnotherTopic(), "", action.action().type()));
        }
    }
}
