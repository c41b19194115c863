package io.millrace.shop.visitors.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which experiments must have been told of, because their users are not split into equal parts: asked at the end of each
 * hour, of all users so far. It knows experiments with two variants, whose test has one degree of freedom.
 */
final class ExpectedAlerts {

    /** What a chi-square of one degree of freedom exceeds in one of a thousand cases. */
    private static final double RARE = 10.827566170662733;

    private static final int STEPS = 20_000;
    private static final double FAR = 40;

    private final Map<String, SortedMap<Long, Map<String, Long>>> joined = new TreeMap<>();

    private ExpectedAlerts() {}

    /** @param leastUsers of an experiment that is judged */
    static Expected of(Ledger ledger, int leastUsers) {
        ExpectedAlerts alerts = new ExpectedAlerts();
        Set<String> known = new HashSet<>();
        long told = ledger.told(ledger.actions());
        for (Event action :
                ledger.counted(ExpectedExperiments.RESULT, ledger.actions(), event -> event.text("userId"))) {
            JsonNode experiment = action.body().path("experiment");
            String id = experiment.path("id").asText();
            long hour = Windows.begin(action.time(), Windows.HOUR);
            if (!id.isEmpty() && hour + Windows.HOUR <= told && known.add(id + "\n" + action.text("userId"))) {
                alerts.join(id, hour, experiment.path("variant").asText());
            }
        }
        Expected expected = new Expected();
        alerts.joined.forEach((experiment, hours) -> judge(expected, experiment, hours, leastUsers));
        return expected;
    }

    /** Returns what distinguishes an alert. */
    static String key(JsonNode alert) {
        return "experiment=" + alert.path("experiment").asText() + " windowEnd="
                + alert.path("windowEnd").asText();
    }

    private void join(String experiment, long hour, String variant) {
        joined.computeIfAbsent(experiment, unseen -> new TreeMap<>())
                .computeIfAbsent(hour, unseen -> new TreeMap<>())
                .merge(variant, 1L, Long::sum);
    }

    private static void judge(
            Expected expected, String experiment, SortedMap<Long, Map<String, Long>> hours, int leastUsers) {
        Map<String, Long> users = new TreeMap<>();
        boolean wasMismatch = false;
        for (Map.Entry<Long, Map<String, Long>> hour : hours.entrySet()) {
            hour.getValue().forEach((variant, more) -> users.merge(variant, more, Long::sum));
            long all = users.values().stream().mapToLong(Long::longValue).sum();
            if (all < leastUsers) {
                continue;
            }
            double statistic = statistic(users, all);
            if (statistic > RARE && !wasMismatch) {
                String end = Instant.ofEpochMilli(hour.getKey() + Windows.HOUR).toString();
                fill(
                        expected.row("experiment=" + experiment + " windowEnd=" + end),
                        users,
                        (double) all / users.size(),
                        statistic);
            }
            wasMismatch = statistic > RARE;
        }
    }

    /** Of one variant alone, nothing is to be said. */
    private static double statistic(Map<String, Long> users, long all) {
        if (users.size() > 2) {
            throw new IllegalStateException("this check knows two variants, not " + users.keySet());
        }
        double mean = (double) all / users.size();
        return users.values().stream()
                .mapToDouble(count -> (count - mean) * (count - mean) / mean)
                .sum();
    }

    private static void fill(Map<String, Cell> row, Map<String, Long> users, double mean, double statistic) {
        row.put("type", Cell.text("sample-ratio-mismatch"));
        row.put("pValue", Cell.near(tail(Math.sqrt(statistic)), 1e-6));
        List<String> shares = users.entrySet().stream()
                .map(variant -> variant.getKey() + " " + variant.getValue() + " of " + mean)
                .toList();
        row.put("variants", new Cell(shares.toString(), found -> shares.equals(shares(found))));
    }

    private static List<String> shares(JsonNode variants) {
        List<String> shares = new ArrayList<>();
        variants.forEach(variant -> shares.add(variant.path("variant").asText() + " "
                + variant.path("users").asLong() + " of "
                + variant.path("expected").asDouble()));
        return shares;
    }

    /** Returns how likely a normal deviate is farther from 0 than some: its density, integrated by Simpson's rule. */
    private static double tail(double from) {
        double step = (FAR - from) / STEPS;
        double sum = 0;
        for (int i = 0; i <= STEPS; i++) {
            double x = from + i * step;
            int weight = i == 0 || i == STEPS ? 1 : i % 2 == 0 ? 2 : 4;
            sum += weight * Math.exp(-x * x / 2);
        }
        return 2 * sum * step / 3 / Math.sqrt(2 * Math.PI);
    }
}
