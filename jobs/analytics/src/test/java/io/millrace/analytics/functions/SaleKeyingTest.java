package io.millrace.analytics.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.Action;
import io.millrace.analytics.event.ActionType;
import io.millrace.analytics.event.LineItem;
import io.millrace.analytics.event.Money;
import io.millrace.analytics.event.Sale;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.event.UserAction;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SaleKeyingTest {

    private static final Stamp STAMP = new Stamp(1, 2, 3, null);

    @Test
    void anOrderCountsOnceForItsCurrencyAndOnceForEachCategory() {
        Map<String, Sale> sales = sales(
                "30.00",
                "EUR",
                new LineItem("books", 2, new BigDecimal("4.50")),
                new LineItem("toys", 1, new BigDecimal("15.00")),
                new LineItem("books", 1, new BigDecimal("1.00")));

        assertThat(sales)
                .containsOnly(
                        Map.entry("EUR/", sale(4, "30.00", "5.00")),
                        Map.entry("EUR/books", sale(3, "10.00", "0")),
                        Map.entry("EUR/toys", sale(1, "15.00", "0")));
    }

    @Test
    void aDiscountIsUnattributedAndBelowZero() {
        assertThat(sales("8", "EUR", new LineItem("toys", 1, BigDecimal.TEN)).get("EUR/"))
                .isEqualTo(sale(1, "8", "-2"));
    }

    @Test
    void anOrderWithoutItemsIsUnattributed() {
        assertThat(sales("8", "EUR")).containsOnly(Map.entry("EUR/", sale(0, "8", "8")));
    }

    @Test
    void whatIsNoPurchaseCountsForNothing() {
        UserAction click =
                new UserAction("ada", new Action(STAMP, ActionType.CLICK, null), List.of(), null, null, null);

        new SaleKeying().spread(click, (key, sale) -> assertThat(key).isNull());
    }

    private static Sale sale(long items, String revenue, String unattributed) {
        return new Sale(STAMP, items, new BigDecimal(revenue), new BigDecimal(unattributed));
    }

    private static Map<String, Sale> sales(String amount, String currency, LineItem... items) {
        Action action = new Action(STAMP, ActionType.PURCHASE, new Money(new BigDecimal(amount), currency));
        Map<String, Sale> sales = new LinkedHashMap<>();
        new SaleKeying()
                .spread(
                        new UserAction("ada", action, List.of(items), null, null, null),
                        (key, sale) -> assertThat(sales.put(key, sale)).isNull());
        return sales;
    }
}
