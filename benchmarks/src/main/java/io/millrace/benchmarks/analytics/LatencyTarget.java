package io.millrace.benchmarks.analytics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table of percentiles. */
record LatencyTarget(Warehouse warehouse, Map<String, SampleEvents.Row> expected, TimeSpan span)
        implements ResultTarget {

    static final String TABLE = "request_latency_1min";

    /** The most that a percentile may be away, as a part of it. */
    private static final double ERROR = 0.01;

    private static final int FIRST_PERCENTILE = 4;

    @Override
    public void clear() throws Exception {
        warehouse.clear(TABLE);
    }

    @Override
    public long events() throws Exception {
        return warehouse.sum("requests", TABLE, span.end());
    }

    @Override
    public String difference() throws Exception {
        List<String> rows = warehouse.rows(
                "toUnixTimestamp64Milli(window_start), route, requests, errors, p50, p90, p99, p999",
                TABLE,
                span.end());
        Map<String, SampleEvents.Row> missing = new HashMap<>(expected);
        for (String row : rows) {
            String[] cells = row.split("\t", -1);
            String key = SampleEvents.key(Long.parseLong(cells[0]), cells[1]);
            SampleEvents.Row right = missing.remove(key);
            if (right == null) {
                return "there is a row of " + key + " too much";
            }
            if (!isRight(cells, right)) {
                return "the row of " + key + " is " + List.of(cells) + "; it must be " + right;
            }
        }
        return missing.isEmpty() ? "" : missing.size() + " rows of " + expected.size() + " are missing";
    }

    private static boolean isRight(String[] cells, SampleEvents.Row right) {
        boolean isRight = Long.parseLong(cells[2]) == right.requests() && Long.parseLong(cells[3]) == right.errors();
        for (int i = 0; i < right.millis().size(); i++) {
            double exact = right.millis().get(i);
            isRight &= Math.abs(Double.parseDouble(cells[FIRST_PERCENTILE + i]) - exact) <= ERROR * exact;
        }
        return isRight;
    }
}
