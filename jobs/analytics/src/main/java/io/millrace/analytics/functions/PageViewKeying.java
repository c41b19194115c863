package io.millrace.analytics.functions;

import io.millrace.analytics.event.PageView;
import io.millrace.analytics.event.Visit;
import io.millrace.analytics.window.SingleKeying;

/** A view counts for its page. */
public final class PageViewKeying implements SingleKeying<PageView, Visit> {

    private static final long serialVersionUID = 1L;

    @Override
    public String key(PageView view) {
        return view.pageUrl();
    }

    @Override
    public Visit event(PageView view) {
        return view.visit();
    }
}
