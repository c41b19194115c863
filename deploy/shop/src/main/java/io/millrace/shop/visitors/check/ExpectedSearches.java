package io.millrace.shop.visitors.check;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What was searched for, and what came of it. */
final class ExpectedSearches {

    static final String RESULT = "search_terms_5min";
    private static final long SIZE = 5 * Windows.MINUTE;
    private static final long WITHIN = 5 * Windows.MINUTE;
    private static final double STANDARD_ERROR = 0.0163;

    private ExpectedSearches() {}

    static Expected of(Ledger ledger, int most) {
        List<Event> all = ledger.counted(RESULT, ledger.actions(), ExpectedSearches::trail);
        List<Event> searches =
                all.stream().filter(action -> action.isA("search")).toList();
        Set<Event> clicked = clicked(all);
        Expected expected = new Expected();
        Windows.over(searches, SIZE, ledger.told(ledger.actions()), ExpectedSearches::term)
                .forEach((begin, terms) -> first(terms, most)
                        .forEach(term -> fill(
                                expected.row("window_start=" + begin + " term=" + term.getKey()),
                                term.getValue(),
                                clicked)));
        return expected;
    }

    private static List<Map.Entry<String, List<Event>>> first(Map<String, List<Event>> terms, int most) {
        Comparator<Map.Entry<String, List<Event>>> bySearches =
                Comparator.comparingInt(term -> -term.getValue().size());
        return terms.entrySet().stream()
                .sorted(bySearches.thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .toList();
    }

    /** By what a search or a click is known again, and a click looks for its search. */
    private static String trail(Event action) {
        return action.has("searchId") ? "search " + action.text("searchId") : place(action);
    }

    /** Where a click without a {@code searchId} looks for its search, whatever id that has. */
    private static String place(Event action) {
        return action.has("sessionId") ? "session " + action.text("sessionId") : "user " + action.text("userId");
    }

    static String term(Event search) {
        String plain = search.text("query").strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        return plain.substring(0, Math.min(plain.length(), 256));
    }

    /** Returns the searches that a click followed from. */
    private static Set<Event> clicked(List<Event> actions) {
        Map<String, Set<Event>> searches = new TreeMap<>();
        for (Event action : actions) {
            if (action.isA("search")) {
                Stream.of(trail(action), place(action))
                        .forEach(where -> searches.computeIfAbsent(where, unseen -> new HashSet<>())
                                .add(action));
            }
        }
        Set<Event> clicked = new HashSet<>();
        for (Event click : actions) {
            if (click.isA("click")) {
                searches.getOrDefault(trail(click), Set.of()).stream()
                        .filter(search -> search.time() <= click.time())
                        .max(Event.IN_TIME)
                        .filter(search -> click.time() - search.time() <= WITHIN)
                        .ifPresent(clicked::add);
            }
        }
        return clicked;
    }

    private static void fill(Map<String, Cell> row, List<Event> searches, Set<Event> clicked) {
        double count = searches.size();
        long users = searches.stream()
                .map(search -> search.text("userId"))
                .distinct()
                .count();
        long empty = searches.stream()
                .filter(search -> search.text("resultsCount").equals("0"))
                .count();
        long followed = searches.stream().filter(clicked::contains).count();
        row.put("searches", Cell.number(searches.size()));
        row.put("users", Cell.estimate(users, STANDARD_ERROR));
        row.put("zero_results", Cell.number(empty));
        row.put("zero_result_rate", Cell.near(empty / count, 1e-12));
        row.put("clicked", Cell.number(followed));
        row.put("click_through_rate", Cell.near(followed / count, 1e-12));
    }
}
