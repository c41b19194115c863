package io.millrace.analytics;

import io.millrace.common.job.JobEnvironment;
import io.millrace.common.replay.Fence;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Windowed analytics: what people do on the site, from Kafka's topics of events to tables and keys of results. */
public final class AnalyticsJob {

    private AnalyticsJob() {}

    /** Submits the job; see {@link io.millrace.common.config.Arguments} for the arguments. */
    public static void main(String[] args) throws Exception {
        AnalyticsOptions options = AnalyticsOptions.parse(args);
        StreamExecutionEnvironment env = JobEnvironment.of(options.job());
        AnalyticsPreflight.run(options, System.out);
        build(env, options, AnalyticsPreflight.fence(options, JobEnvironment.isRestored(env)));
        env.execute(options.name());
    }

    /**
     * Adds every operator to the environment. No subtask of it ends before the others; told so, Flink lets what a source's
     * chain has as a union list be stopped with a savepoint while some subtasks wait for their output.
     *
     * @param atStart behind it nothing is told by a job that begins now, unless the options say otherwise
     */
    static void build(StreamExecutionEnvironment env, AnalyticsOptions options, Fence atStart) {
        env.configure(new Configuration().set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false));
        AnalyticsSources sources = new AnalyticsSources(env, options);
        AnalyticsOutputs outputs = AnalyticsTopology.of(
                sources.pageViews(),
                sources.userActions(),
                sources.requests(),
                SourceTopics.of(options),
                options,
                atStart);
        AnalyticsSinks.attach(outputs, options, atStart);
    }
}
