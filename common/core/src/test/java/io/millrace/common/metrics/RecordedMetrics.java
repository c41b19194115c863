package io.millrace.common.metrics;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A metric group for tests that remembers what was registered, as {@code millrace.table=public.users.recordsIn}. */
public final class RecordedMetrics extends UnregisteredMetricsGroup {

    private final String path;
    private final Map<String, Metric> registered;

    public RecordedMetrics() {
        this("", new TreeMap<>());
    }

    private RecordedMetrics(String path, Map<String, Metric> registered) {
        this.path = path;
        this.registered = registered;
    }

    public long counted(String name) {
        return registered.get(name) instanceof Counter counter ? counter.getCount() : 0;
    }

    public Metric metric(String name) {
        return registered.get(name);
    }

    @Override
    public MetricGroup addGroup(String name) {
        return new RecordedMetrics(path + name + ".", registered);
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
        return addGroup(key + "=" + value);
    }

    @Override
    public Counter counter(String name) {
        return counter(name, new SimpleCounter());
    }

    @Override
    public <C extends Counter> C counter(String name, C counter) {
        return register(name, counter);
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
        return register(name, gauge);
    }

    @Override
    public <H extends Histogram> H histogram(String name, H histogram) {
        return register(name, histogram);
    }

    private <M extends Metric> M register(String name, M metric) {
        if (registered.putIfAbsent(path + name, metric) != null) {
            throw new IllegalStateException(path + name + " is registered twice");
        }
        return metric;
    }
}
