package io.millrace.shop.visitors.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What each user did within an hour, every 5 minutes. */
final class ExpectedActivity {

    static final String RESULT = "user_activity";
    private static final long SLIDE = 5 * Windows.MINUTE;
    private static final int MANY_CLICKS = 50;

    private final Map<String, List<Event>> users = new TreeMap<>();
    private final long told;

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
                fill(expected.row("userId=" + user), end, within);
            }
        });
        return expected;
    }

    /** Returns those who came into that state with a purchase, each time. */
    Expected detected() {
        Expected expected = new Expected();
        users.forEach((user, actions) -> {
            long last = actions.get(actions.size() - 1).time() + Windows.HOUR;
            boolean wasTold = false;
            for (long end = Windows.begin(actions.get(0).time(), SLIDE) + SLIDE;
                    end <= Math.min(told, last + SLIDE);
                    end += SLIDE) {
                List<Event> within = within(actions, end);
                boolean bought = within.stream().anyMatch(action -> action.isA("purchase"));
                if (isHighValue(within) && bought && !wasTold) {
                    fill(expected.row("userId=" + user + " windowEnd=" + Instant.ofEpochMilli(end)), end, within);
                    wasTold = true;
                } else if (!isHighValue(within)) {
                    wasTold = false;
                }
            }
        });
        return expected;
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

    private static void fill(Map<String, Cell> row, long end, List<Event> actions) {
        row.put(
                "windowStart",
                Cell.text(Instant.ofEpochMilli(end - Windows.HOUR).toString()));
        row.put("windowEnd", Cell.text(Instant.ofEpochMilli(end).toString()));
        row.put("pageViews", Cell.number(count(actions, "page_view")));
        row.put("clicks", Cell.number(count(actions, "click")));
        row.put("searches", Cell.number(count(actions, "search")));
        row.put("purchases", Cell.number(count(actions, "purchase")));
        row.put("events", Cell.number(actions.size()));
        row.put("late", Windows.late(actions, SLIDE));
    }

    private static long count(List<Event> actions, String type) {
        return actions.stream().filter(action -> action.isA(type)).count();
    }
}
