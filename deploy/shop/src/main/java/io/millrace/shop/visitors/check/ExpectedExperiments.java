package io.millrace.shop.visitors.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the variants of experiments come to in each hour, user by user, in the order of time. */
final class ExpectedExperiments {

    static final String RESULT = "experiment_results";

    private final Map<String, Row> rows = new TreeMap<>();
    private final Set<Long> maybeLate = new HashSet<>();
    private final long told;

    /** What is counted of a variant in an hour; of a currency, orders and revenue alone. */
    private static final class Row {
        private final Set<String> users = new HashSet<>();
        private final Set<String> buyers = new HashSet<>();
        private long exposures;
        private long joined;
        private long converted;
        private long orders;
        private BigDecimal revenue = BigDecimal.ZERO;
        private final long hour;

        private Row(long hour) {
            this.hour = hour;
        }
    }

    private ExpectedExperiments(long told) {
        this.told = told;
    }

    static Expected of(Ledger ledger) {
        ExpectedExperiments experiments = new ExpectedExperiments(ledger.told(ledger.actions()));
        Map<String, List<Event>> users = new TreeMap<>();
        for (Event action : ledger.counted(RESULT, ledger.actions(), event -> event.text("userId"))) {
            users.computeIfAbsent(action.text("userId"), unseen -> new ArrayList<>())
                    .add(action);
        }
        users.forEach(experiments::follow);
        Expected expected = new Expected();
        experiments.rows.forEach((key, row) -> experiments.fill(expected.row(key), row, key.endsWith("currency=")));
        return expected;
    }

    /** Tells whether a row holds anything: an hour has one for each variant that there is. */
    static boolean isSomething(JsonNode row) {
        return row.path("exposures").asLong()
                        + row.path("users").asLong()
                        + row.path("orders").asLong()
                > 0;
    }

    private void follow(String user, List<Event> actions) {
        Map<String, String> variants = new HashMap<>();
        Set<String> converted = new HashSet<>();
        for (Event action : actions) {
            String experiment = action.body().path("experiment").path("id").asText("");
            if (!experiment.isEmpty()) {
                String shown = action.body().path("experiment").path("variant").asText();
                row(action, experiment, shown, "").exposures++;
                boolean isNew = variants.putIfAbsent(experiment, shown) == null;
                Row row = row(action, experiment, variants.getOrDefault(experiment, shown), "");
                row.joined += isNew ? 1 : 0;
                row.users.add(user);
            }
            if (action.isA("purchase")) {
                variants.forEach((of, variant) -> buy(user, action, of, variant, converted.add(of)));
            }
        }
    }

    private void buy(String user, Event order, String experiment, String variant, boolean isFirst) {
        Row all = row(order, experiment, variant, "");
        all.orders++;
        all.converted += isFirst ? 1 : 0;
        all.buyers.add(user);
        Row money = row(order, experiment, variant, order.text("currency"));
        money.orders++;
        money.revenue = money.revenue.add(ExpectedRevenue.amount(order.body().path("amount")));
    }

    /** Returns what is counted; of an hour that is not over, in a row that nobody sees. */
    private Row row(Event action, String experiment, String variant, String currency) {
        long hour = Windows.begin(action.time(), Windows.HOUR);
        if (hour + Windows.HOUR > told) {
            return new Row(hour);
        }
        if (action.mayComeAfter(hour + Windows.HOUR)) {
            maybeLate.add(hour);
        }
        String key =
                "window_start=" + hour + " experiment=" + experiment + " variant=" + variant + " currency=" + currency;
        return rows.computeIfAbsent(key, unseen -> new Row(hour));
    }

    /** An event counts as late in all rows of its hour, with all that changes by it. */
    private void fill(Map<String, Cell> cells, Row row, boolean isWhole) {
        cells.put("late_count", Cell.atMost(maybeLate.contains(row.hour) ? Long.MAX_VALUE : 0));
        cells.put("orders", Cell.number(row.orders));
        if (!isWhole) {
            cells.put("revenue", Cell.exact(row.revenue));
            return;
        }
        cells.put("exposures", Cell.number(row.exposures));
        cells.put("users", Cell.number(row.users.size()));
        cells.put("new_users", Cell.number(row.joined));
        // those who bought, but were shown it in another hour, are none of this one
        row.buyers.retainAll(row.users);
        cells.put("buyers", Cell.number(row.buyers.size()));
        cells.put("converted", Cell.number(row.converted));
        cells.put("crossed", Cell.number(0));
    }
}
