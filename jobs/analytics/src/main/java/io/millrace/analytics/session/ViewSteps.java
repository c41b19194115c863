package io.millrace.analytics.session;

import io.millrace.analytics.event.ActionType;
import io.millrace.analytics.event.PageView;
import io.millrace.analytics.window.Keying;
import java.util.function.BiConsumer;

/** A view is a step of the session that it names; one that names none is of no session. */
final class ViewSteps implements Keying<PageView, Step> {

    private static final long serialVersionUID = 1L;

    @Override
    public void spread(PageView view, BiConsumer<String, Step> to) {
        if (view.sessionId() != null) {
            to.accept(view.sessionId(), new Step(view.stamp(), view.pageUrl(), ActionType.PAGE_VIEW));
        }
    }
}
