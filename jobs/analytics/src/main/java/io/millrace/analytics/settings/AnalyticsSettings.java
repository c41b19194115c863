package io.millrace.analytics.settings;

import io.millrace.analytics.experiment.ExperimentOptions;
import io.millrace.analytics.experiment.ExperimentsTable;
import io.millrace.analytics.live.LiveOptions;
import io.millrace.analytics.live.LiveTopology;
import io.millrace.analytics.model.ActivityOptions;
import io.millrace.analytics.model.ActivityTable;
import io.millrace.analytics.model.EventTimeOptions;
import io.millrace.analytics.model.LateEventsTable;
import io.millrace.analytics.model.LatencyTable;
import io.millrace.analytics.model.PageTallies;
import io.millrace.analytics.model.PageViewsTable;
import io.millrace.analytics.model.Result;
import io.millrace.analytics.model.ResultTable;
import io.millrace.analytics.model.RevenueTable;
import io.millrace.analytics.parse.EventLimits;
import io.millrace.analytics.search.SearchOptions;
import io.millrace.analytics.search.SearchTermsTable;
import io.millrace.analytics.session.SessionOptions;
import io.millrace.analytics.session.SessionsTable;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Setting;
import io.millrace.common.config.SettingsPage;
import io.millrace.common.config.SettingsPage.Chapter;
import io.millrace.common.job.JobOptions;
import io.millrace.common.replay.Version;
import io.millrace.common.settings.ClickHouseSettings;
import io.millrace.common.settings.DeadLetterSettings;
import io.millrace.common.settings.FenceSettings;
import io.millrace.common.settings.RedisSettings;
import io.millrace.common.sink.clickhouse.ClickHouseConfig;
import io.millrace.common.sink.clickhouse.ClickHouseRoute;
import io.millrace.common.sink.deadletter.DeadLetterConfig;
import io.millrace.common.sink.kafka.Transactions;
import io.millrace.common.sink.redis.RedisConfig;
import io.millrace.common.sink.redis.RedisRoute;
import io.millrace.common.source.kafka.TopicOptions;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Everything that can be configured, in the chapters of its reference page. */
public final class AnalyticsSettings {

    public static final Setting<Integer> GENERATION = Setting.integer(
                    "generation",
                    0,
                    "First 8 bits of the version of every result. Raise it by one for a replay over what is there:"
                            + " its results then win over those of before.")
            .mustBe(
                    generation -> generation >= 0 && generation <= Version.MAX_GENERATION,
                    "be 0 to " + Version.MAX_GENERATION,
                    "a version has 8 bits for it");

    private static final Map<Result, List<ResultTable>> TABLES = Map.of(
            Result.PAGE_VIEWS, List.of(PageViewsTable.TABLE),
            Result.REVENUE, List.of(RevenueTable.MINUTES, RevenueTable.HOURS),
            Result.REQUEST_LATENCY, List.of(LatencyTable.TABLE),
            Result.SEARCH_TERMS, List.of(SearchTermsTable.TABLE),
            Result.SESSIONS, List.of(SessionsTable.TABLE),
            Result.EXPERIMENTS, List.of(ExperimentsTable.TABLE));

    private static final List<DeadLetterSettings.Fallback> KAFKA =
            List.of(new DeadLetterSettings.Fallback(TopicOptions.BOOTSTRAP_SERVERS, TopicOptions.PROPERTIES));

    private static final List<Chapter> CHAPTERS = List.of(
            new Chapter("The job", "How it runs, whatever it reads and writes.", JobOptions.ALL),
            new Chapter("Results", "Which are wanted.", ResultSettings.ALL),
            new Chapter("Versions", "Which results win.", List.of(GENERATION)),
            new Chapter("Source: Kafka", "Where the topics are, and from where they are read.", TopicOptions.HOW),
            new Chapter("Source: topics", "Where events come from.", SourceSettings.TOPICS),
            new Chapter("Source: limits", "What of an event is believed.", SourceSettings.LIMITS),
            new Chapter("Windows", "How time is told and cut.", WindowSettings.ALL),
            new Chapter("Page views", "How pages and their visitors are counted.", PageViewSettings.ALL),
            new Chapter("Activity of users", "Who is a high-value user, and how that is told.", ActivitySettings.ALL),
            new Chapter("Latency of requests", "What of an answer is an error.", LatencySettings.ALL),
            new Chapter("Live counters", "When a day begins.", LiveSettings.ALL),
            new Chapter("Search terms", "Which are kept, and what follows from a search.", SearchSettings.ALL),
            new Chapter("Sessions", "When one is over.", SessionSettings.ALL),
            new Chapter("Experiments", "What is compared, and what is a mismatch.", ExperimentSettings.ALL),
            new Chapter("Fence", "What is not told again.", List.of(FenceSettings.FENCE)),
            new Chapter("Target: Redis", "Where services read who is active, and counters.", RedisSettings.ALL),
            new Chapter("Target: ClickHouse", "Where tables of results are.", ClickHouseSettings.ALL_MIGRATED),
            new Chapter("Dead letters", "Where what cannot be processed goes.", DeadLetterSettings.ALL));

    private AnalyticsSettings() {}

    /** Notes everything that is wrong. */
    public static void check(ConfigReader config, Problems problems) {
        JobOptions.check(config, problems);
        config.check(ResultSettings.ALL);
        config.check(List.of(GENERATION));
        SourceSettings.check(config, problems);
        WindowSettings.check(config, problems);
        config.check(PageViewSettings.ALL);
        config.check(ActivitySettings.ALL);
        config.check(LatencySettings.ALL);
        config.check(LiveSettings.ALL);
        config.check(SearchSettings.ALL);
        SessionSettings.check(config, problems);
        ExperimentSettings.check(config, problems);
        FenceSettings.check(config, problems);
        RedisSettings.check(config, problems);
        RedisSettings.BACKOFF.checkPatience(config, problems);
        ClickHouseSettings.check(config, problems);
        ClickHouseSettings.BACKOFF.checkPatience(config, problems);
        DeadLetterSettings.check(config, problems, KAFKA);
        List<Setting<?>> all = new ArrayList<>();
        CHAPTERS.forEach(chapter -> all.addAll(chapter.settings()));
        config.refuseUnknown(all, Set.of());
    }

    public static Set<Result> results(ConfigReader config) {
        return Result.chosen(config.get(ResultSettings.RESULTS));
    }

    public static TopicOptions pageViews(ConfigReader config) {
        return SourceSettings.pageViews(config);
    }

    public static TopicOptions userActions(ConfigReader config) {
        return SourceSettings.userActions(config);
    }

    public static TopicOptions requests(ConfigReader config) {
        return SourceSettings.metrics(config);
    }

    public static int errorsFrom(ConfigReader config) {
        return config.get(LatencySettings.ERRORS_FROM);
    }

    public static EventLimits limits(ConfigReader config) {
        return SourceSettings.limits(config);
    }

    public static EventTimeOptions eventTime(ConfigReader config) {
        return WindowSettings.eventTime(config);
    }

    public static Duration lateness(ConfigReader config) {
        return config.get(WindowSettings.LATENESS);
    }

    public static Duration horizon(ConfigReader config) {
        return config.get(WindowSettings.HORIZON);
    }

    public static String lateEvents(ConfigReader config) {
        return config.get(WindowSettings.LATE_EVENTS);
    }

    public static PageTallies pageTallies(ConfigReader config) {
        return new PageTallies(config.get(PageViewSettings.PRECISION));
    }

    public static ActivityOptions activity(ConfigReader config) {
        return ActivitySettings.read(config);
    }

    public static Transactions transactions(ConfigReader config) {
        return ActivitySettings.transactions(config);
    }

    public static SearchOptions search(ConfigReader config) {
        return new SearchOptions(
                config.get(GENERATION),
                config.get(SearchSettings.MOST),
                config.get(SearchSettings.WITHIN),
                lateness(config),
                horizon(config),
                userActions(config).topics().get(0),
                config.get(JobOptions.NAME),
                lateEvents(config));
    }

    public static SessionOptions sessions(ConfigReader config) {
        return new SessionOptions(
                config.get(GENERATION),
                config.get(SessionSettings.GAP),
                config.get(SessionSettings.SHOW_AFTER),
                lateness(config),
                horizon(config),
                pageViews(config).topics().get(0),
                userActions(config).topics().get(0),
                config.get(JobOptions.NAME),
                lateEvents(config));
    }

    public static ExperimentOptions experiments(ConfigReader config) {
        return new ExperimentOptions(
                config.get(GENERATION),
                ExperimentSettings.controls(config),
                ExperimentSettings.split(config),
                ExperimentSettings.mismatch(config),
                config.get(ExperimentSettings.REMEMBERED),
                lateness(config),
                horizon(config),
                userActions(config).topics().get(0),
                config.get(ExperimentSettings.TOPIC),
                config.get(JobOptions.NAME),
                lateEvents(config));
    }

    public static LiveOptions live(ConfigReader config) {
        return new LiveOptions(
                config.get(GENERATION),
                ZoneId.of(config.get(LiveSettings.ZONE)),
                eventTime(config),
                horizon(config),
                config.get(JobOptions.NAME),
                lateEvents(config));
    }

    public static RedisConfig redis(ConfigReader config) {
        List<RedisRoute> routes = new ArrayList<>(LiveTopology.routes());
        routes.add(ActivityTable.route(activity(config).timeToLive()));
        return RedisSettings.read(config, routes);
    }

    /** Returns what the target is told, of all tables: of what is not wanted any more rows may be left. */
    public static ClickHouseConfig clickhouse(ConfigReader config) {
        return ClickHouseSettings.readMigrated(config, tables(EnumSet.allOf(Result.class)));
    }

    /** Returns the tables of some results, and that of what comes too late for whichever. */
    public static List<ClickHouseRoute> tables(Set<Result> results) {
        return Stream.concat(
                        results.stream().flatMap(result -> TABLES.getOrDefault(result, List.of()).stream()),
                        Stream.of(LateEventsTable.TABLE))
                .map(table -> new ClickHouseRoute(table.name(), table.name(), table.clickhouseTypes()))
                .toList();
    }

    public static DeadLetterConfig deadLetters(ConfigReader config) {
        return DeadLetterSettings.read(config, KAFKA);
    }

    /** Returns the reference page, as Markdown. */
    public static String page() {
        return SettingsPage.markdown("Options of the analytics job", """
                Generated from the code. Keys are written nested or dotted; durations as `30 s`, `5 min` or `1 h`; sizes \
                as `512 kb` or `1 mb`. `--set key=value` on the command line wins over the file. A value may hold \
                `${env:NAME}` and `${file:PATH}`, resolved where the job is submitted: passwords belong there.
                """.strip(), CHAPTERS);
    }
}
