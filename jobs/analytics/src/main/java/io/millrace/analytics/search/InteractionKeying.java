package io.millrace.analytics.search;

import io.millrace.analytics.event.SearchTrace;
import io.millrace.analytics.event.UserAction;
import io.millrace.analytics.event.Visit;
import io.millrace.analytics.window.CompositeKey;
import io.millrace.analytics.window.Keying;
import java.util.function.BiConsumer;

/** Searches and clicks belong together by their search's id; where none is named, by the session, or else by the user. */
final class InteractionKeying implements Keying<UserAction, Interaction> {

    private static final long serialVersionUID = 1L;

    @Override
    public void spread(UserAction action, BiConsumer<String, Interaction> to) {
        SearchTrace trace = action.trace();
        if (trace == null) {
            return;
        }
        long user = Visit.user(action.userId());
        switch (action.action().type()) {
            case SEARCH ->
                to.accept(
                        trail(action, trace),
                        new Interaction(action.stamp(), user, trace.query(), trace.results() != 0));
            case CLICK -> to.accept(trail(action, trace), new Interaction(action.stamp(), user, null, true));
            case PAGE_VIEW, ADD_TO_CART, PURCHASE, OTHER -> {}
        }
    }

    private static String trail(UserAction action, SearchTrace trace) {
        if (trace.searchId() != null) {
            return CompositeKey.join("search", trace.searchId());
        }
        return trace.sessionId() == null
                ? CompositeKey.join("user", action.userId())
                : CompositeKey.join("session", trace.sessionId());
    }
}
