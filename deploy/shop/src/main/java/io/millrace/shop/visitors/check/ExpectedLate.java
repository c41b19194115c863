package io.millrace.shop.visitors.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a topic was told of as too late, in a table: each record once, however often it was told of. */
final class ExpectedLate {

    static final String RESULT = "late_events";

    private ExpectedLate() {}

    /**
     * Returns a row of each event for a result, window and key.
     *
     * @param since windows that begin before are those of others
     */
    static Expected of(Ledger ledger, Instant since) {
        Expected expected = new Expected();
        for (JsonNode told : told(ledger, since)) {
            expected.row(window(told)
                            + column(told, "key")
                            + column(told, "topic")
                            + column(told, "partition")
                            + column(told, "offset"))
                    .put("happened", Cell.number(time(told, "timestamp")));
        }
        return expected;
    }

    /** Returns how many events each window of a result lacks, by where their records stand. */
    static Expected perWindow(Ledger ledger, Instant since) {
        Map<String, Set<String>> windows = new TreeMap<>();
        for (JsonNode told : told(ledger, since)) {
            windows.computeIfAbsent(window(told), unseen -> new HashSet<>()).add(Ledger.place(told));
        }
        Expected expected = new Expected();
        windows.forEach((window, places) -> expected.row(window).put("events", Cell.number(places.size())));
        return expected;
    }

    private static List<JsonNode> told(Ledger ledger, Instant since) {
        return ledger.toldLate().stream()
                .filter(told -> time(told, "windowStart") >= since.toEpochMilli())
                .toList();
    }

    private static String window(JsonNode told) {
        return "window_start=" + time(told, "windowStart") + column(told, "result");
    }

    private static String column(JsonNode told, String name) {
        return " " + name + "=" + told.path(name).asText();
    }

    private static long time(JsonNode told, String name) {
        return Instant.parse(told.path(name).asText()).toEpochMilli();
    }
}
