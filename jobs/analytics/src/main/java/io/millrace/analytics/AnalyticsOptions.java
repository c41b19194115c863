package io.millrace.analytics;

import io.millrace.analytics.experiment.ExperimentOptions;
import io.millrace.analytics.live.LiveOptions;
import io.millrace.analytics.model.ActivityOptions;
import io.millrace.analytics.model.EventTimeOptions;
import io.millrace.analytics.model.PageTallies;
import io.millrace.analytics.model.Result;
import io.millrace.analytics.parse.EventLimits;
import io.millrace.analytics.search.SearchOptions;
import io.millrace.analytics.session.SessionOptions;
import io.millrace.analytics.settings.AnalyticsSettings;
import io.millrace.common.config.Arguments;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Placeholders;
import io.millrace.common.config.Problems;
import io.millrace.common.job.JobOptions;
import io.millrace.common.replay.Fence;
import io.millrace.common.settings.FenceSettings;
import io.millrace.common.sink.clickhouse.ClickHouseConfig;
import io.millrace.common.sink.deadletter.DeadLetterConfig;
import io.millrace.common.sink.deadletter.Redrive;
import io.millrace.common.sink.kafka.Transactions;
import io.millrace.common.sink.redis.RedisConfig;
import io.millrace.common.source.kafka.TopicOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What the job is told.
 *
 * @param results that are wanted
 * @param generation of the versions of its results
 * @param requests the topic of samples of requests
 * @param lateness how long after its end a window still counts
 * @param horizon how long an event's name is remembered
 * @param errorsFrom the lowest status of an answer that is an error
 * @param transactions in which high-value users are told of, and under another prefix mismatches
 * @param fence up to where they were told; empty for where the job first started
 * @param lateEvents the topic that is told of what came later
 */
public record AnalyticsOptions(
        JobOptions job,
        Set<Result> results,
        int generation,
        TopicOptions pageViews,
        TopicOptions userActions,
        TopicOptions requests,
        EventLimits limits,
        EventTimeOptions eventTime,
        Duration lateness,
        Duration horizon,
        String lateEvents,
        PageTallies pageTallies,
        ActivityOptions activity,
        int errorsFrom,
        LiveOptions live,
        SearchOptions search,
        SessionOptions sessions,
        ExperimentOptions experiments,
        Transactions transactions,
        Optional<Fence> fence,
        RedisConfig redis,
        ClickHouseConfig clickhouse,
        DeadLetterConfig deadLetters) {

    /**
     * Reads a command line; see {@link Arguments}.
     *
     * @throws io.millrace.common.config.InvalidConfigurationException with everything that is wrong
     */
    public static AnalyticsOptions parse(String... args) {
        return read(Arguments.of(args), Placeholders.ofThisProcess());
    }

    static AnalyticsOptions read(Arguments arguments, Placeholders placeholders) {
        Problems problems = new Problems();
        ConfigReader config = new ConfigReader(arguments.yaml(), arguments.overrides(), placeholders, problems);
        AnalyticsSettings.check(config, problems);
        problems.throwIfAny();
        return new AnalyticsOptions(
                JobOptions.read(config),
                AnalyticsSettings.results(config),
                config.get(AnalyticsSettings.GENERATION),
                AnalyticsSettings.pageViews(config),
                AnalyticsSettings.userActions(config),
                AnalyticsSettings.requests(config),
                AnalyticsSettings.limits(config),
                AnalyticsSettings.eventTime(config),
                AnalyticsSettings.lateness(config),
                AnalyticsSettings.horizon(config),
                AnalyticsSettings.lateEvents(config),
                AnalyticsSettings.pageTallies(config),
                AnalyticsSettings.activity(config),
                AnalyticsSettings.errorsFrom(config),
                AnalyticsSettings.live(config),
                AnalyticsSettings.search(config),
                AnalyticsSettings.sessions(config),
                AnalyticsSettings.experiments(config),
                AnalyticsSettings.transactions(config),
                FenceSettings.read(config),
                AnalyticsSettings.redis(config),
                AnalyticsSettings.clickhouse(config),
                AnalyticsSettings.deadLetters(config));
    }

    /** Returns how dead letters that are sent again are taken back; what is old is too late for any window. */
    Redrive redrive() {
        return Redrive.of(name(), Optional.empty());
    }

    /** Returns the pipeline's name. */
    public String name() {
        return job.name();
    }
}
