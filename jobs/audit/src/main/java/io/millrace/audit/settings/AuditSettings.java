package io.millrace.audit.settings;

import io.millrace.audit.chain.ChainOptions;
import io.millrace.audit.commit.SigningOptions;
import io.millrace.audit.keys.KeyStoreOptions;
import io.millrace.audit.search.EventsTable;
import io.millrace.audit.watch.WatchOptions;
import io.millrace.audit.write.ArchiveOptions;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Setting;
import io.millrace.common.config.SettingsPage;
import io.millrace.common.config.SettingsPage.Chapter;
import io.millrace.common.job.JobOptions;
import io.millrace.common.settings.ClickHouseSettings;
import io.millrace.common.settings.DeadLetterSettings;
import io.millrace.common.sink.clickhouse.ClickHouseConfig;
import io.millrace.common.sink.deadletter.DeadLetterConfig;
import io.millrace.common.source.kafka.TopicOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everything that can be configured, in the chapters of its reference page. */
public final class AuditSettings {

    private static final List<DeadLetterSettings.Fallback> KAFKA =
            List.of(new DeadLetterSettings.Fallback(TopicOptions.BOOTSTRAP_SERVERS, TopicOptions.PROPERTIES));

    private static final List<Chapter> CHAPTERS = List.of(
            new Chapter("The job", "How it runs, whatever it reads and writes.", JobOptions.ALL),
            new Chapter("Source: Kafka", "Where the topic is, and from where it is read.", TopicOptions.HOW),
            new Chapter("Source: events", "What is archived, and what is read of it.", SourceSettings.TOPICS),
            new Chapter("Personal fields", "What is encrypted for whom.", PersonalSettings.ALL),
            new Chapter("Key store", "Where the keys are that erasing destroys.", KeyStoreSettings.ALL),
            new Chapter("Archive", "Where it is, and how its files and days end.", ArchiveSettings.ALL),
            new Chapter("Signing", "Who vouches for a sealed day.", SigningSettings.ALL),
            new Chapter(
                    "Verification",
                    "Used if any of these is given: the job verifies its own archive while it runs.",
                    WatchSettings.ALL),
            new Chapter(
                    "Searchable copy: ClickHouse",
                    "Used if any of these is given: the fields of each record, in `audit_events`.",
                    ClickHouseSettings.ALL_MIGRATED),
            new Chapter("Dead letters", "Where what is no event goes, besides the archive.", DeadLetterSettings.ALL));

    private AuditSettings() {}

    /** Notes everything that is wrong. */
    public static void check(ConfigReader config, Problems problems) {
        JobOptions.check(config, problems);
        JobOptions.refuseUnaligned(
                config,
                problems,
                ", because such checkpoints hold records that are not encrypted yet, and nobody erases a person in them");
        SourceSettings.check(config, problems);
        config.check(PersonalSettings.ALL);
        KeyStoreSettings.check(config, problems);
        ArchiveSettings.check(config, problems);
        SigningSettings.check(config, problems);
        if (config.has(WatchSettings.KEY)) {
            WatchSettings.check(config, problems);
        }
        if (config.has(ClickHouseSettings.KEY)) {
            ClickHouseSettings.check(config, problems);
            ClickHouseSettings.BACKOFF.checkPatience(config, problems);
        }
        DeadLetterSettings.check(config, problems, KAFKA);
        List<Setting<?>> all = new ArrayList<>();
        CHAPTERS.forEach(chapter -> all.addAll(chapter.settings()));
        config.refuseUnknown(all, Set.of());
    }

    public static TopicOptions source(ConfigReader config) {
        return SourceSettings.read(config);
    }

    public static ChainOptions chain(ConfigReader config) {
        return new ChainOptions(
                config.get(ArchiveSettings.NAME),
                config.get(SourceSettings.TOPIC),
                config.get(JobOptions.NAME),
                SourceSettings.limits(config),
                PersonalSettings.read(config),
                config.get(ArchiveSettings.IDLE),
                config.get(ArchiveSettings.TICK),
                ArchiveSettings.acceptedAhead(config),
                KeyStoreSettings.BACKOFF.read(config));
    }

    public static KeyStoreOptions keyStore(ConfigReader config) {
        return KeyStoreSettings.read(config);
    }

    public static ArchiveOptions archive(ConfigReader config) {
        return ArchiveSettings.read(config);
    }

    public static SigningOptions signing(ConfigReader config) {
        return SigningSettings.read(config);
    }

    /** Returns how the archive is verified, if it is. */
    public static Optional<WatchOptions> watch(ConfigReader config) {
        return WatchSettings.read(config);
    }

    /** Returns where the searchable copy is, if there is to be one. */
    public static Optional<ClickHouseConfig> clickhouse(ConfigReader config) {
        return config.has(ClickHouseSettings.KEY)
                ? Optional.of(ClickHouseSettings.readMigrated(config, List.of(EventsTable.route())))
                : Optional.empty();
    }

    public static DeadLetterConfig deadLetters(ConfigReader config) {
        return DeadLetterSettings.read(config, KAFKA);
    }

    /** Returns the reference page, as Markdown. */
    public static String page() {
        return SettingsPage.markdown("Options of the audit job", """
                Generated from the code. Keys are written nested or dotted; durations as `30 s`, `5 min` or `1 h`; sizes \
                as `512 kb` or `1 mb`. `--set key=value` on the command line wins over the file. A value may hold \
                `${env:NAME}` and `${file:PATH}`, resolved where the job is submitted: passwords and keys belong there.
                """.strip(), CHAPTERS);
    }
}
