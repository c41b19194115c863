package io.millrace.audit.settings;

import io.millrace.audit.folder.Folders;
import io.millrace.audit.write.ArchiveOptions;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Setting;
import io.millrace.common.settings.BackoffSettings;
import io.millrace.common.source.kafka.TopicOptions;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.apache.flink.configuration.MemorySize;
import org.jspecify.annotations.Nullable;

/** Where the archive is, and how its files and days end. */
final class ArchiveSettings {

    private static final String SOME_ADDRESS =
            "be an address with a path, such as s3://bucket/audit or" + " file:///shared/audit, and not of HDFS";

    private static final String REPLACES = "a manifest is replaced in one step, which HDFS cannot";

    static final Setting<String> NAME = Setting.text(
                    "archive.name",
                    "What the archive is called. It is part of every hash: it never changes, and no other archive has it.")
            .mustBeGiven()
            .mustBe(
                    name -> name.matches("[A-Za-z0-9._-]{1,249}"),
                    "be 1 to 249 letters, digits, `.`, `_` and `-`",
                    "files, topics and JSON write such a name alike");

    static final Setting<String> ADDRESS = Setting.text(
                    "archive.address",
                    "Folder of the archive, as an address that Flink's file systems understand and every TaskManager"
                            + " reaches. It belongs to this job alone.")
            .mustBeGiven()
            .mustBe(Folders::isAddress, SOME_ADDRESS, REPLACES);

    static final Setting<MemorySize> FILE_SIZE = size(
            "archive.file-size",
            "64mb",
            "Size at which a file ends; it also ends at each checkpoint and with its day. Until then it is on the"
                    + " TaskManager's local disk, one for each partition.");

    static final Setting<MemorySize> COMPACTED_SIZE = size(
            "archive.compacted-size",
            "256mb",
            "Size that files should have once their day is sealed: small ones of a day are joined before. Higher makes"
                    + " fewer files; each is read and checked as a whole.");

    static final Setting<Integer> MOST_FILES = Setting.integer(
                    "archive.most-files",
                    1_000,
                    "Small files of a partition's day at which they are joined before the day is sealed: a manifest lists each"
                            + " of them, and is written at each checkpoint. Lower writes records again more often.")
            .mustBe(
                    count -> count >= 2 && count <= 10_000,
                    "be 2 to 10000",
                    "two can be joined, and a manifest is read whole");

    static final Setting<Duration> IDLE = Setting.duration(
                    "archive.idle",
                    Duration.ofHours(1),
                    "Time after a day's end, and after its last record, at which the day of a partition that brings"
                            + " nothing is sealed. Lower seals earlier; what is late after all belongs to the day after.")
            .mustBe(time -> time.toMillis() >= 1_000, "be at least 1 s", "records take about that long");

    static final Setting<Duration> TICK = Setting.duration(
                    "archive.tick",
                    Duration.ofMinutes(1),
                    "Time between two looks for partitions that bring nothing. Each asks Kafka for its partitions.")
            .mustBe(time -> time.toMillis() >= 100, "be at least 100 ms", "each look asks Kafka");

    static final Setting<String> DIGESTS = Setting.text(
                    "archive.digests", "audit-digests", "Topic that gets each digest, at least once.")
            .mustBe(TopicOptions::isTopic, "be letters, digits, `.`, `_` and `-`", "Kafka has no other topics");

    static final Setting<String> WITNESS = Setting.text(
                    "archive.witness",
                    "Folder that gets a copy of each digest: best in somebody else's hands, or in a store with Object"
                            + " Lock. Without one, an archive that was put back to an older state is found by the topic of"
                            + " digests alone.")
            .mustBe(Folders::isAddress, SOME_ADDRESS, REPLACES);

    static final Setting<Boolean> ACCEPT_LOST = Setting.flag(
            "archive.accept-lost-records",
            false,
            "Whether the job starts although Kafka removed records that are not in the archive. Nobody can tell them from"
                    + " a hole of Kafka's own afterwards.");

    static final Setting<String> ACCEPT_AHEAD = Setting.text(
                    "archive.accept-ahead-through",
                    "Last day of which a record is archived although that day is later than the next by the clock of its"
                            + " machine, and by at most 31 days: for a broker whose clock was ahead, after somebody looked."
                            + " All days before are sealed, for good, and what the partition brings until then belongs"
                            + " to that day.")
            .mustBe(ArchiveSettings::isDay, "be a day, such as 2026-03-09", "the archive names its days so");

    static final BackoffSettings BACKOFF =
            BackoffSettings.of("archive", Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofMinutes(2));

    static final List<Setting<?>> ALL = List.of(
            NAME,
            ADDRESS,
            FILE_SIZE,
            COMPACTED_SIZE,
            MOST_FILES,
            IDLE,
            TICK,
            DIGESTS,
            WITNESS,
            ACCEPT_LOST,
            ACCEPT_AHEAD,
            BACKOFF.first(),
            BACKOFF.longest(),
            BACKOFF.giveUpAfter());

    private ArchiveSettings() {}

    private static Setting<MemorySize> size(String key, String byDefault, String description) {
        return Setting.memorySize(key, MemorySize.parse(byDefault), description)
                .mustBe(size -> size.getBytes() >= 1_024, "be at least 1 kb", "a file's own frame has about that size");
    }

    /** Notes what is wrong with these settings, alone and together. */
    static void check(ConfigReader config, Problems problems) {
        config.check(ALL);
        BACKOFF.check(config, problems);
        BACKOFF.checkPatience(config, problems);
        config.find(WITNESS)
                .filter(witness -> config.find(ADDRESS).filter(witness::equals).isPresent())
                .ifPresent(same -> problems.add(
                        WITNESS.key(),
                        "is `" + ADDRESS.key() + "` itself; give another place, because a witness that is changed with"
                                + " the archive sees nothing"));
    }

    private static boolean isDay(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** Returns through which day records are taken that are ahead of the clock, or null. */
    static @Nullable LocalDate acceptedAhead(ConfigReader config) {
        return config.find(ACCEPT_AHEAD).map(LocalDate::parse).orElse(null);
    }

    static ArchiveOptions read(ConfigReader config) {
        return new ArchiveOptions(
                config.get(ADDRESS),
                config.get(NAME),
                config.get(SourceSettings.TOPIC),
                config.get(FILE_SIZE).getBytes(),
                config.get(COMPACTED_SIZE).getBytes(),
                config.get(MOST_FILES),
                config.find(WITNESS).orElse(""),
                config.get(DIGESTS),
                config.get(ACCEPT_LOST),
                BACKOFF.read(config));
    }
}
