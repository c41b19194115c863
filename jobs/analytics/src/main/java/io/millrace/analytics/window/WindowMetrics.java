package io.millrace.analytics.window;

import io.millrace.common.metrics.MetricNames;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What a result counts of events that are not simply counted. */
public final class WindowMetrics {

    private final Counter duplicates;
    private final Counter late;
    private final Counter corrected;

    public WindowMetrics(MetricGroup group, String result) {
        MetricGroup own = group.addGroup(MetricNames.ROOT).addGroup(MetricNames.RESULT, result);
        duplicates = own.counter(MetricNames.DUPLICATES.name());
        late = own.counter(MetricNames.LATE.name());
        corrected = own.counter(MetricNames.CORRECTED.name());
    }

    public void duplicate() {
        duplicates.inc();
    }

    public void late() {
        late.inc();
    }

    public void corrected() {
        corrected.inc();
    }
}
