package io.millrace.shop.visitors.check;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the live counters stand at, by the clock of UTC. */
final class ExpectedLive {

    static final String RESULT = "live_counters";
    private static final long DAY = 24 * Windows.HOUR;
    private static final Map<String, String> COUNTERS =
            Map.of("click", "clicks", "search", "searches", "purchase", "purchases");

    private ExpectedLive() {}

    /** Returns those that something happened today for, by their keys. */
    static Expected of(Ledger ledger) {
        Expected expected = new Expected();
        RawTopic views = ledger.views();
        add(expected, "live:views", ledger.counted(RESULT, views, view -> ""), views.reached(), false);
        Map<String, List<Event>> byCounter = new TreeMap<>();
        for (Event action : ledger.counted(RESULT, ledger.actions(), ExpectedLive::counter)) {
            if (COUNTERS.containsKey(action.text("type"))) {
                byCounter
                        .computeIfAbsent("live:" + counter(action), unseen -> new ArrayList<>())
                        .add(action);
            }
            if (action.isA("purchase")) {
                byCounter
                        .computeIfAbsent("live:revenue:" + action.text("currency"), unseen -> new ArrayList<>())
                        .add(action);
            }
        }
        byCounter.forEach(
                (key, all) -> add(expected, key, all, ledger.actions().reached(), key.startsWith("live:revenue:")));
        return expected;
    }

    private static String counter(Event action) {
        return COUNTERS.getOrDefault(action.text("type"), "none");
    }

    private static void add(Expected expected, String key, List<Event> events, long now, boolean isMoney) {
        if (since(events, Windows.begin(now, DAY), now).isEmpty()) {
            return;
        }
        Map<String, Cell> row = expected.row(key);
        row.put("minute", sum(since(events, Windows.begin(now, Windows.MINUTE), now), isMoney));
        row.put("hour", sum(since(events, Windows.begin(now, Windows.HOUR), now), isMoney));
        row.put("today", sum(since(events, Windows.begin(now, DAY), now), isMoney));
        row.put("minuteStart", begin(now, Windows.MINUTE));
        row.put("hourStart", begin(now, Windows.HOUR));
        row.put("dayStart", begin(now, DAY));
    }

    private static Cell begin(long now, long size) {
        return Cell.text(Instant.ofEpochMilli(Windows.begin(now, size)).toString());
    }

    /** What is of a later time is counted when that has come. */
    private static List<Event> since(List<Event> events, long begin, long now) {
        long end = Windows.begin(now, Windows.MINUTE) + Windows.MINUTE;
        return events.stream()
                .filter(event -> event.time() >= begin && event.time() < end)
                .toList();
    }

    private static Cell sum(List<Event> events, boolean isMoney) {
        if (!isMoney) {
            return Cell.number(events.size());
        }
        return Cell.exact(events.stream()
                .map(event -> ExpectedRevenue.amount(event.body().path("amount")))
                .reduce(BigDecimal.ZERO, BigDecimal::add));
    }
}
