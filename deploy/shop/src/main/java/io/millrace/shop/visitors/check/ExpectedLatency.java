package io.millrace.shop.visitors.check;

import java.util.List;
import java.util.Map;

/** How long requests took, by route. */
final class ExpectedLatency {

    static final String RESULT = "request_latency_1min";
    private static final int ERRORS_FROM = 500;

    /** A bucket's middle is at most as far away from what is in it; and durations are whole microseconds. */
    private static final double PART = 1.0 / 128 + 1e-6;

    private static final double MICROS = 1_000;

    private ExpectedLatency() {}

    static Expected of(Ledger ledger) {
        Expected expected = new Expected();
        List<Event> samples = ledger.counted(RESULT, ledger.requests(), ExpectedLatency::key);
        Windows.over(samples, Windows.MINUTE, ledger.told(ledger.requests()), ExpectedLatency::key)
                .forEach((begin, routes) ->
                        routes.forEach((route, all) -> fill(expected.row("window_start=" + begin + " " + route), all)));
        return expected;
    }

    static long open(Ledger ledger) {
        return Windows.open(
                ledger.counted(RESULT, ledger.requests(), ExpectedLatency::key),
                Windows.MINUTE,
                ledger.told(ledger.requests()));
    }

    static String key(Event sample) {
        return "service=" + sample.text("service") + " route=" + sample.text("route") + " method="
                + sample.text("method");
    }

    private static void fill(Map<String, Cell> row, List<Event> samples) {
        double[] millis = samples.stream()
                .mapToDouble(
                        sample -> Math.round(sample.body().path("durationMs").doubleValue() * MICROS) / MICROS)
                .sorted()
                .toArray();
        long errors = samples.stream()
                .filter(sample -> sample.body().path("status").asInt() >= ERRORS_FROM)
                .count();
        row.put("requests", Cell.number(millis.length));
        row.put("bucketed", Cell.number(millis.length));
        row.put("errors", Cell.number(errors));
        row.put("error_rate", Cell.near((double) errors / millis.length, 1e-12));
        row.put("p50", Cell.near(rank(millis, 0.5), PART));
        row.put("p90", Cell.near(rank(millis, 0.9), PART));
        row.put("p99", Cell.near(rank(millis, 0.99), PART));
        row.put("p999", Cell.near(rank(millis, 0.999), PART));
        row.put("late_count", Windows.late(samples, Windows.MINUTE));
    }

    /** Returns the smallest that so many are not above. */
    private static double rank(double[] sorted, double part) {
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * part - 1e-9) - 1)];
    }
}
