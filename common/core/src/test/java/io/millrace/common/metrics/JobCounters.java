package io.millrace.common.metrics;

import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.metrics.scope.ScopeFormat;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;

/** A mini cluster whose jobs' counters can be read, also after they have ended. */
public final class JobCounters {

    private final InMemoryReporter reporter = InMemoryReporter.createWithRetainedMetrics();

    public MiniClusterExtension cluster(int slots) {
        return new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                .setNumberTaskManagers(1)
                .setNumberSlotsPerTaskManager(slots)
                .setConfiguration(reporter.addToConfiguration(new Configuration()))
                .build());
    }

    /** Returns the sum of all counters of this name in a job. */
    public long counted(JobID job, String name) {
        return reporter.getMetricsByGroup().entrySet().stream()
                .filter(group ->
                        job.toString().equals(group.getKey().getAllVariables().get(ScopeFormat.SCOPE_JOB_ID)))
                .map(group -> group.getValue().get(name))
                .mapToLong(metric -> metric instanceof Counter counter ? counter.getCount() : 0)
                .sum();
    }
}
