package io.millrace.shop.visitors.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Steps of the same session id, cut where nothing happens for half an hour. */
final class ExpectedSessions {

    static final String RESULT = "sessions";
    private static final long GAP = 30 * Windows.MINUTE;

    private ExpectedSessions() {}

    static Expected of(Ledger ledger) {
        Expected expected = new Expected();
        sessions(ledger)
                .forEach(session -> fill(
                        expected.row("session_start=" + session.get(0).time() + " session_id="
                                + session.get(0).text("sessionId")),
                        session));
        return expected;
    }

    /** How far those come that begin in an hour. */
    static Expected funnel(Ledger ledger) {
        Map<Long, long[]> hours = new TreeMap<>();
        for (List<Event> session : sessions(ledger)) {
            long[] hour =
                    hours.computeIfAbsent(Windows.begin(session.get(0).time(), Windows.HOUR), unseen -> new long[5]);
            boolean[] steps = {
                true,
                session.stream().anyMatch(ExpectedSessions::isView),
                count(session, "search") + count(session, "click") > 0,
                count(session, "add_to_cart") > 0,
                count(session, "purchase") > 0
            };
            for (int i = 0; i < steps.length && steps[i]; i++) {
                hour[i]++;
            }
        }
        Expected expected = new Expected();
        hours.forEach((begin, counts) -> {
            Map<String, Cell> row = expected.row("hour=" + begin);
            List<String> names = List.of("sessions", "viewed", "engaged", "carted", "bought");
            for (int i = 0; i < counts.length; i++) {
                row.put(names.get(i), Cell.number(counts[i]));
            }
        });
        return expected;
    }

    static String key(Event step) {
        return step.text("sessionId");
    }

    /** Returns how many actions are in no session that is over, or in none at all. */
    static long openActions(Ledger ledger) {
        long over = sessions(ledger).stream()
                .flatMap(List::stream)
                .filter(step -> !isView(step))
                .count();
        return ledger.counted(RESULT, ledger.actions(), ExpectedSessions::key).size() - over;
    }

    private static List<List<Event>> sessions(Ledger ledger) {
        Map<String, List<Event>> steps = new TreeMap<>();
        Stream.of(ledger.views(), ledger.actions())
                .flatMap(topic -> ledger.counted(RESULT, topic, ExpectedSessions::key).stream())
                .filter(event -> event.has("sessionId"))
                .forEach(event -> steps.computeIfAbsent(event.text("sessionId"), unseen -> new ArrayList<>())
                        .add(event));
        long told = ledger.told(ledger.views(), ledger.actions());
        List<List<Event>> sessions = new ArrayList<>();
        for (List<Event> all : steps.values()) {
            all.sort(Event.IN_TIME);
            for (List<Event> session : cut(all)) {
                if (session.get(session.size() - 1).time() + GAP <= told) {
                    sessions.add(session);
                }
            }
        }
        return sessions;
    }

    private static List<List<Event>> cut(List<Event> steps) {
        List<List<Event>> sessions = new ArrayList<>();
        long last = 0;
        for (Event step : steps) {
            if (sessions.isEmpty() || step.time() - last >= GAP) {
                sessions.add(new ArrayList<>());
            }
            sessions.get(sessions.size() - 1).add(step);
            last = step.time();
        }
        return sessions;
    }

    private static void fill(Map<String, Cell> row, List<Event> session) {
        List<Event> views = session.stream().filter(ExpectedSessions::isView).toList();
        row.put("ended", Cell.number(session.get(session.size() - 1).time()));
        row.put("pages", Cell.number(views.size()));
        row.put("entry_page", Cell.text(views.isEmpty() ? "" : views.get(0).text("pageUrl")));
        row.put(
                "exit_page",
                Cell.text(views.isEmpty() ? "" : views.get(views.size() - 1).text("pageUrl")));
        row.put("searches", Cell.number(count(session, "search")));
        row.put("clicks", Cell.number(count(session, "click")));
        row.put("cart_additions", Cell.number(count(session, "add_to_cart")));
        row.put("purchases", Cell.number(count(session, "purchase")));
        row.put("converted", Cell.number(count(session, "purchase") > 0 ? 1 : 0));
        row.put("steps", Cell.number(session.size()));
        row.put(
                "late_count",
                Cell.atMost(session.stream()
                        .filter(step -> step.mayComeAfter(step.time() + GAP))
                        .count()));
    }

    private static boolean isView(Event step) {
        return step.has("pageUrl");
    }

    private static long count(List<Event> session, String type) {
        return session.stream().filter(step -> step.isA(type)).count();
    }
}
