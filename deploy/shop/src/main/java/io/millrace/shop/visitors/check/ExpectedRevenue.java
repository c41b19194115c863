package io.millrace.shop.visitors.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What orders come to, by currency and category. */
final class ExpectedRevenue {

    static final String RESULT = "revenue";
    private static final int DIGITS = 9;

    private ExpectedRevenue() {}

    /** What is added up in a row. */
    private static final class Sum {
        private BigDecimal revenue = BigDecimal.ZERO;
        private BigDecimal unattributed = BigDecimal.ZERO;
        private long items;
        private final List<Event> orders = new ArrayList<>();
    }

    static Expected of(Ledger ledger, long size) {
        Expected expected = new Expected();
        Windows.over(purchases(ledger), size, ledger.told(ledger.actions()), order -> order.text("currency"))
                .forEach((begin, currencies) -> currencies.forEach((currency, orders) -> byCategory(orders)
                        .forEach((category, sum) -> fill(
                                expected.row(
                                        "window_start=" + begin + " currency=" + currency + " category=" + category),
                                sum))));
        return expected;
    }

    private static List<Event> purchases(Ledger ledger) {
        return ledger
                .counted(RESULT, ledger.actions(), action -> action.isA("purchase") ? action.text("currency") : "none")
                .stream()
                .filter(action -> action.isA("purchase"))
                .toList();
    }

    private static Map<String, Sum> byCategory(List<Event> orders) {
        Map<String, Sum> sums = new TreeMap<>();
        for (Event order : orders) {
            BigDecimal attributed = BigDecimal.ZERO;
            long pieces = 0;
            Map<String, Sum> ofOrder = new TreeMap<>();
            for (JsonNode item : order.body().path("items")) {
                long quantity = item.path("quantity").asLong(1);
                BigDecimal value = amount(item.path("price")).multiply(BigDecimal.valueOf(quantity));
                attributed = attributed.add(value);
                pieces += quantity;
                String category = item.path("category").asText("unknown");
                add(ofOrder, category, value, BigDecimal.ZERO, quantity);
            }
            ofOrder.forEach((category, sum) -> add(sums, category, sum.revenue, BigDecimal.ZERO, sum.items)
                    .orders
                    .add(order));
            BigDecimal paid = amount(order.body().path("amount"));
            add(sums, "", paid, paid.subtract(attributed), pieces).orders.add(order);
        }
        return sums;
    }

    private static Sum add(Map<String, Sum> sums, String category, BigDecimal revenue, BigDecimal rest, long items) {
        Sum sum = sums.computeIfAbsent(category, unseen -> new Sum());
        sum.revenue = sum.revenue.add(revenue);
        sum.unattributed = sum.unattributed.add(rest);
        sum.items += items;
        return sum;
    }

    private static void fill(Map<String, Cell> row, Sum sum) {
        row.put("revenue", Cell.exact(sum.revenue));
        row.put("unattributed", Cell.exact(sum.unattributed));
        row.put("orders", Cell.number(sum.orders.size()));
        row.put("items", Cell.number(sum.items));
        row.put(
                "average_order",
                Cell.exact(sum.revenue.divide(BigDecimal.valueOf(sum.orders.size()), DIGITS, RoundingMode.DOWN)));
        row.put("late_count", Windows.late(sum.orders, Windows.MINUTE));
    }

    static BigDecimal amount(JsonNode value) {
        if (value.isMissingNode()) {
            return BigDecimal.ZERO;
        }
        try {
            return Contract.amount(value);
        } catch (Contract.Breach e) {
            throw new IllegalStateException("the contract lets no such amount through", e);
        }
    }
}
