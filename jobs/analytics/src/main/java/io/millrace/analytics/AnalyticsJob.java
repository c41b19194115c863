package io.millrace.analytics;

import io.millrace.common.config.InvalidConfigurationException;
import io.millrace.common.job.JobEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Windowed analytics: what people do on the site, from Kafka's topics of events to tables and keys of results. */
public final class AnalyticsJob {

    private AnalyticsJob() {}

    /** Submits the job; see {@link io.millrace.common.config.Arguments} for the arguments. */
    public static void main(String[] args) throws Exception {
        AnalyticsOptions options = AnalyticsOptions.parse(args);
        StreamExecutionEnvironment env = JobEnvironment.of(options.job());
        AnalyticsPreflight.run(options, System.out);
        build(env, options);
        env.execute(options.name());
    }

    /**
     * Adds every operator to the environment.
     *
     * @throws InvalidConfigurationException if the options do not fit together
     */
    static void build(StreamExecutionEnvironment env, AnalyticsOptions options) {
        AnalyticsSources sources = new AnalyticsSources(env, options);
        AnalyticsSinks.attach(AnalyticsTopology.of(sources.pageViews(), options), options);
    }
}
