package io.millrace.analytics.live;

import io.millrace.analytics.event.Amount;
import io.millrace.analytics.event.Money;
import io.millrace.analytics.event.UserAction;
import io.millrace.analytics.window.Keying;
import java.math.BigDecimal;
import java.util.function.BiConsumer;

/** An action is one of its type; a purchase is revenue as well. */
public final class ActionCounters implements Keying<UserAction, Amount> {

    private static final long serialVersionUID = 1L;

    private static final Counter CLICKS = Counter.of("clicks");
    private static final Counter SEARCHES = Counter.of("searches");
    private static final Counter PURCHASES = Counter.of("purchases");

    @Override
    public void spread(UserAction action, BiConsumer<String, Amount> to) {
        switch (action.action().type()) {
            case CLICK -> one(CLICKS, action, to);
            case SEARCH -> one(SEARCHES, action, to);
            case PURCHASE -> {
                one(PURCHASES, action, to);
                revenue(action, to);
            }
            case PAGE_VIEW, ADD_TO_CART, OTHER -> {}
        }
    }

    private static void one(Counter counter, UserAction action, BiConsumer<String, Amount> to) {
        to.accept(counter.shard(action.stamp()), new Amount(action.stamp(), BigDecimal.ONE));
    }

    private static void revenue(UserAction action, BiConsumer<String, Amount> to) {
        Money paid = action.action().paid();
        if (paid != null) {
            to.accept(
                    Counter.revenue(paid.currency()).shard(action.stamp()), new Amount(action.stamp(), paid.amount()));
        }
    }
}
