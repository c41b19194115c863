package io.millrace.analytics.search;

import io.millrace.analytics.event.SearchTrace;
import io.millrace.analytics.event.UserAction;
import io.millrace.analytics.event.Visit;
import io.millrace.analytics.window.CompositeKey;
import io.millrace.analytics.window.Keying;
import java.util.function.BiConsumer;

/**
 * A click belongs to the searches with the id that it names; where it names none, to those of the session, or else of the
 * user without a session. So a search with an id is told twice: to those of its id, where it is counted, and to the others.
 */
final class InteractionKeying implements Keying<UserAction, Interaction> {

    private static final long serialVersionUID = 1L;

    @Override
    public void spread(UserAction action, BiConsumer<String, Interaction> to) {
        SearchTrace trace = action.trace();
        if (trace == null) {
            return;
        }
        long user = Visit.user(action.userId());
        String place = trace.sessionId() == null
                ? CompositeKey.join("user", action.userId())
                : CompositeKey.join("session", trace.sessionId());
        String searchId = trace.searchId();
        String own = searchId == null ? place : CompositeKey.join("search", searchId);
        switch (action.action().type()) {
            case SEARCH -> {
                boolean found = trace.results() != 0;
                to.accept(own, new Interaction(action.stamp(), user, trace.query(), found, true));
                if (searchId != null) {
                    to.accept(place, new Interaction(action.stamp(), user, trace.query(), found, false));
                }
            }
            case CLICK -> to.accept(own, new Interaction(action.stamp(), user, null, true, true));
            case PAGE_VIEW, ADD_TO_CART, PURCHASE, OTHER -> {}
        }
    }
}
