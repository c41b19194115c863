package io.millrace.cdc;

import io.millrace.cdc.model.Routes;
import io.millrace.cdc.model.SourceOptions;
import io.millrace.cdc.model.Target;
import io.millrace.cdc.settings.CdcSettings;
import io.millrace.cdc.settings.KafkaTargetSettings;
import io.millrace.cdc.settings.NotificationSettings;
import io.millrace.cdc.settings.SourceSettings;
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
import io.millrace.common.sink.elasticsearch.ElasticsearchConfig;
import io.millrace.common.sink.jdbc.PostgresTargetConfig;
import io.millrace.common.sink.redis.RedisConfig;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one pipeline is told.
 *
 * @param generation of the versions that this job gives
 * @param fence up to where nobody is notified; empty for where the job first started
 * @param kafka present if a route leads there; so for the other targets
 */
public record CdcOptions(
        JobOptions job,
        int generation,
        SourceOptions source,
        Routes routes,
        Optional<KafkaTargetSettings> kafka,
        Optional<ElasticsearchConfig> elasticsearch,
        Optional<RedisConfig> redis,
        Optional<ClickHouseConfig> clickhouse,
        Optional<PostgresTargetConfig> postgres,
        Optional<NotificationSettings> notifications,
        Optional<Fence> fence,
        DeadLetterConfig deadLetters) {

    /**
     * Reads a command line; see {@link Arguments}.
     *
     * @throws io.millrace.common.config.InvalidConfigurationException with everything that is wrong
     */
    public static CdcOptions parse(String... args) {
        return read(Arguments.of(args), Placeholders.ofThisProcess());
    }

    static CdcOptions read(Arguments arguments, Placeholders placeholders) {
        Problems problems = new Problems();
        ConfigReader config = new ConfigReader(arguments.yaml(), arguments.overrides(), placeholders, problems);
        Routes routes = CdcSettings.check(config, problems);
        problems.throwIfAny();
        return new CdcOptions(
                JobOptions.read(config),
                config.get(CdcSettings.GENERATION),
                SourceSettings.read(config, routes),
                routes,
                CdcSettings.kafka(config, routes),
                CdcSettings.elasticsearch(config, routes),
                CdcSettings.redis(config, routes),
                CdcSettings.clickhouse(config, routes),
                CdcSettings.postgres(config, routes),
                CdcSettings.notifications(config, routes),
                FenceSettings.read(config),
                CdcSettings.deadLetters(config));
    }

    /**
     * Returns the shortest time for which a target remembers a deletion; empty if each does for ever. An older change
     * could bring back a row that was deleted since.
     */
    public Optional<Duration> memoryOfDeletions() {
        return Stream.of(
                        elasticsearch.map(target -> target.indices().gcDeletes()),
                        redis.map(RedisConfig::versionRetention))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    /** Returns the database that each target writes to, of those whose servers have several. */
    Map<Target, String> databases() {
        Map<Target, String> databases = new EnumMap<>(Target.class);
        redis.ifPresent(target ->
                databases.put(Target.REDIS, "database " + target.connection().database()));
        clickhouse.ifPresent(target -> databases.put(
                Target.CLICKHOUSE, "database " + target.connection().database()));
        postgres.ifPresent(target -> databases.put(
                Target.POSTGRES,
                "schema " + target.schema() + " of database " + target.address().database()));
        return databases;
    }

    /** Returns how dead letters that are sent again are taken back. */
    Redrive redrive() {
        return Redrive.of(name(), memoryOfDeletions());
    }

    /** Returns the pipeline's name. */
    public String name() {
        return job.name();
    }
}
