package io.millrace.analytics.live;

import io.millrace.analytics.event.Amount;
import io.millrace.analytics.event.PageView;
import io.millrace.analytics.window.SingleKeying;
import java.math.BigDecimal;

/** A view is one of all views. */
public final class ViewCounters implements SingleKeying<PageView, Amount> {

    private static final long serialVersionUID = 1L;

    private static final Counter VIEWS = Counter.of("views");

    @Override
    public String key(PageView view) {
        return VIEWS.shard(view.stamp());
    }

    @Override
    public Amount event(PageView view) {
        return new Amount(view.stamp(), BigDecimal.ONE);
    }
}
