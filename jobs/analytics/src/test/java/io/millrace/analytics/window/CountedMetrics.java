package io.millrace.analytics.window;

import io.millrace.common.metrics.MetricNames;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;

/** What a function in the harness of an operator counts of its result, in the environment that it is to be given. */
public final class CountedMetrics {

    private final Map<String, Counter> counters = new TreeMap<>();
    private final String result;

    public CountedMetrics(String result) {
        this.result = result;
    }

    public MockEnvironment environment() {
        TestingMetricRegistry registry = TestingMetricRegistry.builder()
                .setRegisterConsumer(this::register)
                .build();
        TaskMetricGroup task = TaskManagerMetricGroup.createTaskManagerMetricGroup(
                        registry, "localhost", ResourceID.generate())
                .addJob(new JobID(), "job")
                .addTask(ExecutionAttemptID.randomId(), "task");
        return new MockEnvironmentBuilder().setMetricGroup(task).build();
    }

    private void register(Metric metric, String name, AbstractMetricGroup<?> group) {
        if (metric instanceof Counter counter
                && result.equals(group.getAllVariables().get("<" + MetricNames.RESULT + ">"))) {
            counters.put(name, counter);
        }
    }

    /** Returns duplicates, late and corrected ones, as {@code 1 2 3}. */
    public String text() {
        return count(MetricNames.DUPLICATES.name()) + " " + count(MetricNames.LATE.name()) + " "
                + count(MetricNames.CORRECTED.name());
    }

    private long count(String name) {
        return counters.get(name).getCount();
    }
}
