package io.millrace.analytics.functions;

import io.millrace.analytics.event.LineItem;
import io.millrace.analytics.event.Money;
import io.millrace.analytics.event.Sale;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.event.UserAction;
import io.millrace.analytics.model.RevenueTable;
import io.millrace.analytics.window.CompositeKey;
import io.millrace.analytics.window.Keying;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * An order counts once for its currency, with what was paid; and once for each category of its items, with what they come
 * to. What is paid besides, or less, such as for shipping or by a discount, is of no category.
 */
public final class SaleKeying implements Keying<UserAction, Sale> {

    private static final long serialVersionUID = 1L;

    @Override
    public void spread(UserAction action, BiConsumer<String, Sale> to) {
        Money paid = action.action().paid();
        if (paid == null) {
            return;
        }
        Map<String, Sale> sales = new LinkedHashMap<>();
        long pieces = 0;
        BigDecimal value = BigDecimal.ZERO;
        for (LineItem item : action.items()) {
            pieces += item.quantity();
            value = value.add(item.value());
            sales.merge(item.category(), sale(action.stamp(), item), SaleKeying::both);
        }
        Sale whole =
                new Sale(action.stamp(), pieces, paid.amount(), paid.amount().subtract(value));
        to.accept(CompositeKey.join(paid.currency(), RevenueTable.ALL), whole);
        sales.forEach((category, sale) -> to.accept(CompositeKey.join(paid.currency(), category), sale));
    }

    private static Sale sale(Stamp stamp, LineItem item) {
        return new Sale(stamp, item.quantity(), item.value(), BigDecimal.ZERO);
    }

    private static Sale both(Sale one, Sale other) {
        return new Sale(
                one.stamp(), one.items() + other.items(), one.revenue().add(other.revenue()), one.unattributed());
    }
}
