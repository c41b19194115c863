package io.millrace.cli.pipeline;

import java.util.Map;
import java.util.TreeMap;

/** What has arrived where since the jobs started. */
public final class TargetCounts {

    private final Map<String, Long> rows = new TreeMap<>();
    private final Map<String, Double> latencies = new TreeMap<>();
    private long deadLetters;

    public void addRows(String table, String target, long more) {
        rows.merge(table + "/" + target, more, Long::sum);
        rows.merge(target, more, Long::sum);
    }

    /** Takes a latency; a histogram without values gives none, NaN. */
    public void addLatency(String target, double millis) {
        if (!Double.isNaN(millis)) {
            latencies.merge(target, millis, Math::max);
        }
    }

    public void addDeadLetters(long more) {
        deadLetters += more;
    }

    /** Returns the rows of a table that a target has taken. */
    public long rows(String table, String target) {
        return rows.getOrDefault(table + "/" + target, 0L);
    }

    /** Returns the rows of all tables that a target has taken. */
    public long rows(String target) {
        return rows.getOrDefault(target, 0L);
    }

    /** Returns the slowest table's 95th percentile from commit to target, in milliseconds; 0 before there is one. */
    public double latency(String target) {
        return latencies.getOrDefault(target, 0.0);
    }

    public long deadLetters() {
        return deadLetters;
    }
}
