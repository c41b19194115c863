package io.millrace.audit.watch;

import io.millrace.common.metrics.Metric;
import io.millrace.common.metrics.MetricNames;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** Shows what is known of the archive. */
final class WatchMetrics {

    private WatchMetrics() {}

    static void register(MetricGroup operator, String archive, Supplier<Watched> watched, LongSupplier failedLooks) {
        MetricGroup group = operator.addGroup(MetricNames.ROOT).addGroup(MetricNames.ARCHIVE, archive);
        show(group, MetricNames.DAYS_PROVEN, () -> watched.get().daysProven());
        show(group, MetricNames.WHOLE_VERIFIED_AT, () -> watched.get().wholeAt());
        show(group, MetricNames.FINDINGS, () -> watched.get().told());
        show(group, MetricNames.FAILED_LOOKS, failedLooks);
    }

    private static void show(MetricGroup group, Metric metric, LongSupplier value) {
        Gauge<Long> gauge = value::getAsLong;
        group.gauge(metric.name(), gauge);
    }
}
