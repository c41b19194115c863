package io.millrace.shop.visitors.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Views and visitors by page, in 5 minutes, and of all pages by day. */
final class ExpectedPages {

    static final String RESULT = "page_views_5min";
    static final long SIZE = 5 * Windows.MINUTE;
    private static final double STANDARD_ERROR = 0.0082;
    private static final long DAY = 24 * Windows.HOUR;

    private ExpectedPages() {}

    static Expected of(Ledger ledger) {
        Expected expected = new Expected();
        List<Event> views = ledger.counted(RESULT, ledger.views(), ExpectedPages::key);
        Windows.over(views, SIZE, ledger.told(ledger.views()), ExpectedPages::key)
                .forEach((begin, pages) -> pages.forEach((page, all) -> {
                    Map<String, Cell> row = expected.row("window_start=" + begin + " page_url=" + page);
                    row.put("view_count", Cell.number(all.size()));
                    row.put("visitors", Cell.estimate(visitors(all), STANDARD_ERROR));
                    row.put("late_count", Windows.late(all, SIZE));
                }));
        return expected;
    }

    /** Returns the days of UTC, of the windows that are over. */
    static Expected days(Ledger ledger) {
        Map<Long, List<Event>> days = new TreeMap<>();
        List<Event> views = ledger.counted(RESULT, ledger.views(), ExpectedPages::key);
        Windows.over(views, SIZE, ledger.told(ledger.views()), view -> "")
                .forEach((begin, window) -> days.computeIfAbsent(Windows.begin(begin, DAY), unseen -> new ArrayList<>())
                        .addAll(window.values().iterator().next()));
        Expected expected = new Expected();
        days.forEach((begin, all) -> {
            Map<String, Cell> row = expected.row("day=" + begin);
            row.put("views", Cell.number(all.size()));
            row.put("visitors", Cell.estimate(visitors(all), STANDARD_ERROR));
            row.put("views_without_sketch", Cell.number(0));
        });
        return expected;
    }

    static String key(Event view) {
        return view.text("pageUrl");
    }

    static long open(Ledger ledger) {
        return Windows.open(
                ledger.counted(RESULT, ledger.views(), ExpectedPages::key), SIZE, ledger.told(ledger.views()));
    }

    private static long visitors(List<Event> views) {
        return views.stream()
                .flatMap(view -> view.has("userId")
                        ? Stream.of("user " + view.text("userId"))
                        : view.has("sessionId") ? Stream.of("session " + view.text("sessionId")) : Stream.empty())
                .distinct()
                .count();
    }
}
