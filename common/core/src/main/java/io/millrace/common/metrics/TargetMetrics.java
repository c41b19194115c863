package io.millrace.common.metrics;

import io.millrace.common.event.RowChange;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/**
 * What a writer counts for one target, table by table. A table's metrics appear with its first record. To be called
 * by one thread, the writer's.
 */
public final class TargetMetrics {

    private final MetricGroup group;
    private final String target;
    private final LongSupplier clock;
    private final Counter retried;
    private final Map<String, TableMetrics> tables = new HashMap<>();

    private record TableMetrics(Counter out, Counter stale, Counter deadLettered, Counter dropped, Histogram latency) {}

    /**
     * Registers under a writer's group.
     *
     * @param target the label, as {@code redis}
     * @param clock epoch milliseconds now
     */
    public TargetMetrics(MetricGroup group, String target, LongSupplier clock) {
        this.group = group.addGroup(MetricNames.ROOT);
        this.target = target;
        this.clock = clock;
        this.retried = this.group.addGroup(MetricNames.TARGET, target).counter(MetricNames.RETRIED.name());
    }

    /** The target acknowledged the write. */
    public void written(RowChange change) {
        written(change.table(), change.source().snapshot() ? 0 : change.source().commitTime());
    }

    /**
     * The target acknowledged what followed from a change.
     *
     * @param commitTime epoch milliseconds of the change; 0 if unknown
     */
    public void written(String name, long commitTime) {
        TableMetrics table = table(name);
        table.out.inc();
        if (commitTime > 0) {
            table.latency.update(Math.max(0, clock.getAsLong() - commitTime));
        }
    }

    /** The target holds a higher version. */
    public void stale(RowChange change) {
        table(change.table()).stale.inc();
    }

    /** The target refused the row for what it is. */
    public void deadLettered(RowChange change) {
        table(change.table()).deadLettered.inc();
    }

    /** The target refused the row for what it is, and nobody wants to know. */
    public void dropped(RowChange change) {
        table(change.table()).dropped.inc();
    }

    /** Writes go out again after a transient error. */
    public void retried(int writes) {
        retried.inc(writes);
    }

    private TableMetrics table(String name) {
        return tables.computeIfAbsent(name, this::register);
    }

    private TableMetrics register(String name) {
        MetricGroup table = group.addGroup(MetricNames.TABLE, name).addGroup(MetricNames.TARGET, target);
        return new TableMetrics(
                table.counter(MetricNames.RECORDS_OUT.name()),
                table.counter(MetricNames.STALE.name()),
                table.counter(MetricNames.DEAD_LETTERED.name()),
                table.counter(MetricNames.DROPPED.name()),
                table.histogram(MetricNames.COMMIT_TO_TARGET.name(), new RecentHistogram(clock)));
    }
}
