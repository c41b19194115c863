package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.harness.Finding;
import io.millrace.benchmarks.latency.Latencies;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns latencies into findings: how often the 99th percentile fits into 300 ms. */
final class LatencyFindings {

    private static final double AIM_MILLIS = 300;
    private static final int HALF = 50;
    private static final String OURS = "millrace";

    private final PrintWriter out;
    private final List<Finding> findings = new ArrayList<>();

    LatencyFindings(PrintWriter out) {
        this.out = out;
    }

    /**
     * Takes what was seen at one rate.
     *
     * @param whose pipeline
     * @param share of the drain rate, in percent
     */
    void add(String whose, int share, Map<String, LatencyRuns.Seen> places) {
        places.forEach((place, seen) -> {
            String name = "latency to " + place + " at " + share + " % (" + whose + ")";
            out.println("  " + name + ": " + seen.watch().latencies());
            out.flush();
            Double target = whose.equals(OURS) && share == HALF ? 1.0 : null;
            findings.add(finding(name, seen, target));
        });
    }

    private static Finding finding(String name, LatencyRuns.Seen seen, @Nullable Double target) {
        Latencies latencies = seen.watch().latencies();
        String against = String.format(Locale.ROOT, "%.0f ms", AIM_MILLIS);
        String unit = against + " / p99";
        if (!seen.isComplete()) {
            String why = "void: " + latencies.count() + " of " + seen.watch().expected() + " rows arrived";
            return new Finding(name, against, null, null, null, target, unit, why);
        }
        double ratio = AIM_MILLIS / Math.max(latencies.millis(99), 0.001);
        Latencies after = seen.watch().afterCommit();
        Latencies commits = seen.commits().lateness();
        String detail = String.format(
                Locale.ROOT,
                "%s at %.0f rows/s, from the time at which each was due; from its commit p50 %.0f ms, p99 %.0f ms, max"
                        + " %.0f ms; commits were p99 %.0f ms, max %.0f ms late",
                latencies,
                seen.commits().schedule().rate(),
                after.millis(50),
                after.millis(99),
                after.millis(100),
                commits.millis(99),
                commits.millis(100));
        return new Finding(name, against, ratio, ratio, ratio, target, unit, detail);
    }

    List<Finding> all() {
        return List.copyOf(findings);
    }
}
