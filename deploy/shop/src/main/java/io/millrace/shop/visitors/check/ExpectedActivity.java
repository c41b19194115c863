package io.millrace.shop.visitors.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each user did within an hour, every 5 minutes. An action that came when its 5 minutes were over corrects the window
 * that was told: a user may have been told of without it, and may have left in between.
 */
final class ExpectedActivity {

    static final String RESULT = "user_activity";
    private static final long SLIDE = 5 * Windows.MINUTE;
    private static final int MANY_CLICKS = 50;

    private final Map<String, List<Event>> users = new TreeMap<>();
    private final long told;

    /** Whether a user who is in the state was told of. */
    private enum Stay {
        NEW,
        UNSURE,
        TOLD
    }

    ExpectedActivity(Ledger ledger) {
        told = ledger.told(ledger.actions());
        for (Event action : ledger.counted(RESULT, ledger.actions(), event -> event.text("userId"))) {
            users.computeIfAbsent(action.text("userId"), unseen -> new ArrayList<>())
                    .add(action);
        }
    }

    /** Returns the users who are of high value by the last window that is over. */
    Expected now() {
        Expected expected = new Expected();
        long end = Windows.begin(told, SLIDE);
        users.forEach((user, actions) -> {
            List<Event> within = within(actions, end);
            if (isHighValue(within)) {
                fill(expected.row("userId=" + user), end, within, within);
            }
        });
        return expected;
    }

    /** Returns those who came into that state with a purchase, each time. */
    Expected detected() {
        Expected expected = new Expected();
        users.forEach((user, actions) -> {
            long last = actions.get(actions.size() - 1).time() + Windows.HOUR;
            Stay stay = Stay.NEW;
            for (long end = Windows.begin(actions.get(0).time(), SLIDE) + SLIDE;
                    end <= Math.min(told, last + SLIDE);
                    end += SLIDE) {
                stay = tell(expected, user, end, within(actions, end), stay);
            }
        });
        return expected;
    }

    /** Tells what must, or may, have been told of a user with a window, and returns what is so after it. */
    private static Stay tell(Expected expected, String user, long end, List<Event> all, Stay before) {
        if (!isHighValue(all)) {
            return Stay.NEW;
        }
        List<Event> surely =
                all.stream().filter(action -> !action.mayComeAfter(end)).toList();
        Stay stay = before == Stay.TOLD && !isHighValue(surely) ? Stay.UNSURE : before;
        long bought = count(all, "purchase");
        if (stay == Stay.TOLD || bought == 0) {
            return stay;
        }
        String key = "userId=" + user + " windowEnd=" + Instant.ofEpochMilli(end);
        Map<String, Cell> row = stay == Stay.NEW ? expected.row(key) : expected.optionalRow(key);
        fill(row, end, surely, all);
        row.put("purchases", Cell.between(Math.max(1, count(surely, "purchase")), bought));
        return Stay.TOLD;
    }

    /** Returns what distinguishes one telling of a user. */
    static String key(JsonNode user) {
        return "userId=" + user.path("userId").asText() + " windowEnd="
                + user.path("windowEnd").asText();
    }

    private static List<Event> within(List<Event> actions, long end) {
        return actions.stream()
                .filter(action -> action.time() < end && action.time() >= end - Windows.HOUR)
                .toList();
    }

    private static boolean isHighValue(List<Event> actions) {
        return count(actions, "purchase") > 0 || count(actions, "click") > MANY_CLICKS;
    }

    private static void fill(Map<String, Cell> row, long end, List<Event> least, List<Event> most) {
        row.put(
                "windowStart",
                Cell.text(Instant.ofEpochMilli(end - Windows.HOUR).toString()));
        row.put("windowEnd", Cell.text(Instant.ofEpochMilli(end).toString()));
        row.put("pageViews", between(least, most, "page_view"));
        row.put("clicks", between(least, most, "click"));
        row.put("searches", between(least, most, "search"));
        row.put("purchases", between(least, most, "purchase"));
        row.put("events", Cell.between(least.size(), most.size()));
        row.put("late", Windows.late(most, SLIDE));
    }

    private static Cell between(List<Event> least, List<Event> most, String type) {
        return Cell.between(count(least, type), count(most, type));
    }

    private static long count(List<Event> actions, String type) {
        return actions.stream().filter(action -> action.isA(type)).count();
    }
}
