package io.millrace.common.metrics;

import java.util.List;

/**
 * One metric of the inventory.
 *
 * @param name its last part, in camel case as Flink's own metrics are named
 * @param labels the groups above it, outermost first: labels in Prometheus
 * @param unit what one step means, such as {@code records} or {@code ms}
 */
public record Metric(String name, Kind kind, List<String> labels, String unit, String description) {

    /** How a metric moves. */
    public enum Kind {
        /** Only grows. */
        COUNTER,
        /** A value as it is now. */
        GAUGE,
        /** A distribution over the latest values. */
        HISTOGRAM
    }
}
