package io.millrace.cdc.settings;

import io.millrace.cdc.model.Routes;
import io.millrace.cdc.model.Target;
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
import io.millrace.common.sink.deadletter.DeadLetterConfig;
import io.millrace.common.sink.elasticsearch.ElasticsearchConfig;
import io.millrace.common.sink.jdbc.PostgresTargetConfig;
import io.millrace.common.sink.redis.RedisConfig;
import io.millrace.common.source.kafka.TopicOptions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everything that can be configured, in the chapters of its reference page. */
public final class CdcSettings {

    public static final Setting<Integer> GENERATION = Setting.integer(
                    "generation",
                    0,
                    "First 8 bits of every version that this job gives. Raise it by one when the world starts again:"
                            + " the slot was lost, the database was restored from a dump, or the cluster is new. What is"
                            + " written then wins over everything before.")
            .mustBe(
                    generation -> generation >= 0 && generation <= Version.MAX_GENERATION,
                    "be 0 to " + Version.MAX_GENERATION,
                    "a version has 8 bits for it");

    /** Whose brokers the dead letters go to if no others are named. */
    private static final List<DeadLetterSettings.Fallback> KAFKAS = List.of(
            new DeadLetterSettings.Fallback(TopicOptions.BOOTSTRAP_SERVERS, TopicOptions.PROPERTIES),
            new DeadLetterSettings.Fallback(KafkaTargetSettings.BOOTSTRAP_SERVERS, KafkaTargetSettings.PROPERTIES));

    private static final List<Chapter> CHAPTERS = List.of(
            new Chapter("The job", "How it runs, whatever it reads and writes.", JobOptions.ALL),
            new Chapter("Versions", "How changes are ordered.", List.of(GENERATION)),
            new Chapter("Fence", "What is not told again.", List.of(FenceSettings.FENCE)),
            new Chapter("Source", "Exactly one.", List.of(SourceSettings.TYPE)),
            new Chapter("Source: Kafka", "With `source.type: kafka`.", SourceSettings.KAFKA),
            new Chapter(
                    "Source: Kafka, types by a catalog",
                    "With `source.kafka.catalog`, for topics without the schema: the database that has the tables tells"
                            + " the types of their columns. It is asked once, when the job is submitted.",
                    CatalogSettings.ALL),
            new Chapter(
                    "Source: Postgres",
                    "With `source.type: postgres`. The captured tables are those of the routes.",
                    PostgresSettings.ALL),
            new Chapter("Target: Kafka", "Used if any route names `kafka`.", KafkaTargetSettings.ALL),
            new Chapter("Target: Elasticsearch", "Used if any route names `elasticsearch`.", ElasticsearchSettings.ALL),
            new Chapter("Target: Redis", "Used if any route names `redis`.", RedisSettings.ALL),
            new Chapter("Target: ClickHouse", "Used if any route names `clickhouse`.", ClickHouseSettings.ALL),
            new Chapter("Target: Postgres", "Used if any route names `postgres`.", PostgresTargetSettings.ALL),
            new Chapter(
                    "Target: notifications",
                    "Used if any route names `notifications`. Those of `redis` are for Socket.IO servers.",
                    NotificationSettings.ALL),
            new Chapter("Dead letters", "Where what cannot be processed goes.", DeadLetterSettings.ALL));

    private CdcSettings() {}

    /** Notes everything that is wrong, and reads the routes. */
    public static Routes check(ConfigReader config, Problems problems) {
        JobOptions.check(config, problems);
        config.check(List.of(GENERATION));
        SourceSettings.check(config, problems);
        checkFence(config, problems);
        Set<Target> configured = checkTargets(config, problems);
        DeadLetterSettings.check(config, problems, KAFKAS);
        List<Setting<?>> all = new ArrayList<>();
        CHAPTERS.forEach(chapter -> all.addAll(chapter.settings()));
        config.refuseUnknown(all, Set.of(RoutesReader.KEY));
        TypeSettings.checkColumns(config, problems);
        return RoutesReader.read(config, configured, problems);
    }

    private static void checkFence(ConfigReader config, Problems problems) {
        boolean isPostgres = config.find(SourceSettings.TYPE)
                .filter(SourceSettings.Type.POSTGRES::equals)
                .isPresent();
        if (!isPostgres) {
            FenceSettings.check(config, problems);
        } else if (FenceSettings.isGiven(config)) {
            problems.add(
                    FenceSettings.FENCE.key(),
                    "has no effect; remove it, because a job that reads Postgres itself is never replayed");
        }
    }

    private static Set<Target> checkTargets(ConfigReader config, Problems problems) {
        Set<Target> configured = EnumSet.noneOf(Target.class);
        if (config.has(KafkaTargetSettings.KEY)) {
            configured.add(Target.KAFKA);
            KafkaTargetSettings.check(config, problems);
        }
        if (config.has(ElasticsearchSettings.KEY)) {
            configured.add(Target.ELASTICSEARCH);
            ElasticsearchSettings.check(config, problems);
            ElasticsearchSettings.BACKOFF.checkPatience(config, problems);
        }
        if (config.has(RedisSettings.KEY)) {
            configured.add(Target.REDIS);
            RedisSettings.check(config, problems);
            RedisSettings.BACKOFF.checkPatience(config, problems);
        }
        if (config.has(ClickHouseSettings.KEY)) {
            configured.add(Target.CLICKHOUSE);
            ClickHouseSettings.check(config, problems);
            ClickHouseSettings.BACKOFF.checkPatience(config, problems);
        }
        if (config.has(PostgresTargetSettings.KEY)) {
            configured.add(Target.POSTGRES);
            PostgresTargetSettings.check(config, problems);
            PostgresTargetSettings.BACKOFF.checkPatience(config, problems);
        }
        if (config.has(NotificationSettings.KEY)) {
            configured.add(Target.NOTIFICATIONS);
            NotificationSettings.check(config, problems);
            NotificationSettings.BACKOFF.checkPatience(config, problems);
        }
        return configured;
    }

    public static Optional<KafkaTargetSettings> kafka(ConfigReader config, Routes routes) {
        return uses(routes, Target.KAFKA) ? Optional.of(KafkaTargetSettings.read(config)) : Optional.empty();
    }

    public static Optional<ElasticsearchConfig> elasticsearch(ConfigReader config, Routes routes) {
        return uses(routes, Target.ELASTICSEARCH)
                ? Optional.of(ElasticsearchSettings.read(config, routes.elasticsearch()))
                : Optional.empty();
    }

    public static Optional<RedisConfig> redis(ConfigReader config, Routes routes) {
        return uses(routes, Target.REDIS) ? Optional.of(RedisSettings.read(config, routes.redis())) : Optional.empty();
    }

    public static Optional<ClickHouseConfig> clickhouse(ConfigReader config, Routes routes) {
        return uses(routes, Target.CLICKHOUSE)
                ? Optional.of(ClickHouseSettings.read(config, routes.clickhouse()))
                : Optional.empty();
    }

    public static Optional<PostgresTargetConfig> postgres(ConfigReader config, Routes routes) {
        return uses(routes, Target.POSTGRES)
                ? Optional.of(PostgresTargetSettings.read(config, routes.postgres()))
                : Optional.empty();
    }

    public static Optional<NotificationSettings> notifications(ConfigReader config, Routes routes) {
        return uses(routes, Target.NOTIFICATIONS) ? Optional.of(NotificationSettings.read(config)) : Optional.empty();
    }

    public static DeadLetterConfig deadLetters(ConfigReader config) {
        return DeadLetterSettings.read(config, KAFKAS);
    }

    /** Returns the reference page, as Markdown. */
    public static String page() {
        return SettingsPage.markdown("Options of the CDC job", """
                Generated from the code. Keys are written nested or dotted; durations as `30 s`, `5 min` or `1 h`; sizes \
                as `512 kb` or `1 mb`. `--set key=value` on the command line wins over the file. A value may hold \
                `${env:NAME}` and `${file:PATH}`, resolved where the job is submitted: passwords belong there. A value \
                that came from one, and every value of type Secret, prints as it is written here or as `***`, never as \
                what it stands for.

                The routes are a list of their own, one entry a table:

                ```yaml
                routes:
                  - table: public.users
                    kafka: {}
                    elasticsearch:
                      index: users
                      mapping: {bio: {type: text}}   # in place of what the column's type gives
                      exclude: [secret]              # columns that do not go there, nor into a mapping
                    redis:
                      mode: write                    # or invalidate: a change deletes the key
                      key: "user:{id}"
                      time-to-live: 1 h
                      exclude: [bio]                 # or include: the columns of the value
                      # delete-again-after: 2 s      # with invalidate: for readers that put an old row back
                    clickhouse:
                      table: users                   # by default the table's own name
                      types: {born: String}          # in place of what the column's type gives
                      exclude: [secret]              # columns that do not go there
                    postgres:
                      table: users                   # by default the table's own name
                      types: {email: "varchar(99)"}  # in place of what the column's type gives
                      exclude: [secret]              # columns that do not go there
                    notifications:
                      event: profile-updated
                      room: "user:{id}"              # of Socket.IO: any columns of the row; with delete, of its key
                      namespace: /                   # of Socket.IO
                      on: [update]                   # and insert, delete
                      columns: [email, name]         # all by default
                    columns: {id: bigint, born: date}  # their types in Postgres, if the topic tells none
                ```
                """.strip(), CHAPTERS);
    }

    private static boolean uses(Routes routes, Target target) {
        return routes.targets().values().stream().anyMatch(targets -> targets.contains(target));
    }
}
