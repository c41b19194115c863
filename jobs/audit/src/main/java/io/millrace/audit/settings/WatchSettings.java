package io.millrace.audit.settings;

import io.millrace.audit.watch.Pace;
import io.millrace.audit.watch.WatchOptions;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Setting;
import io.millrace.common.job.JobOptions;
import io.millrace.common.sink.kafka.Transactions;
import io.millrace.common.source.kafka.TopicOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How the job verifies its own archive. */
final class WatchSettings {

    static final String KEY = "verify";

    static final Setting<Duration> EVERY = Setting.duration(
                    "verify.every",
                    Duration.ofHours(1),
                    "Time between two looks at the archive. Each reads all digests, and the files that came since the last."
                            + " Lower finds sooner what is wrong with them, and asks the store more often.")
            .mustBe(time -> time.toMillis() >= 100, "be at least 100 ms", "each look lists the archive");

    static final Setting<Duration> AGAIN_EVERY = Setting.duration(
            "verify.again-every",
            Duration.ofHours(24),
            "Time after which a look reads every file anew: what was changed after it was proven is found so late. Lower"
                    + " reads the whole archive more often. It must not be below `verify.every`.");

    static final Setting<Duration> SURE_AFTER = Setting.duration(
            "verify.sure-after",
            Duration.ofHours(2),
            "Time for which something must last that can pass by itself, before it is told: a store that does not"
                    + " answer, a file that nothing names yet, a partition without any digest. It must be above"
                    + " `archive.idle`, because a new partition is sealed so late.");

    static final Setting<String> ALERTS = Setting.text(
                    "verify.alerts", "alerts", "Topic that is told once what is wrong with the archive; exactly once.")
            .mustBe(TopicOptions::isTopic, "be letters, digits, `.`, `_` and `-`", "Kafka has no other topics");

    static final Setting<String> TRANSACTION_PREFIX = Setting.text(
            "verify.transactions.id-prefix",
            "Begins every transactional id; the pipeline's name and `-alerts` by default. No other job may use it.");

    static final Setting<Duration> TRANSACTION_TIMEOUT = Setting.duration(
            "verify.transactions.timeout",
            Transactions.DEFAULT_TIMEOUT,
            "Time after which the broker gives a transaction up. Too low loses what was told after a long outage; too"
                    + " high holds readers back when the job does not return. The broker's"
                    + " `transaction.max.timeout.ms` bounds it.");

    static final List<Setting<?>> ALL =
            List.of(EVERY, AGAIN_EVERY, SURE_AFTER, ALERTS, TRANSACTION_PREFIX, TRANSACTION_TIMEOUT);

    private WatchSettings() {}

    /** Notes what is wrong with these settings, alone and together. */
    static void check(ConfigReader config, Problems problems) {
        config.check(ALL);
        Optional<Duration> every = config.find(EVERY);
        config.find(AGAIN_EVERY)
                .filter(again -> every.filter(time -> again.compareTo(time) < 0).isPresent())
                .ifPresent(again -> problems.add(
                        AGAIN_EVERY.key(),
                        "must not be below `" + EVERY.key() + "`, because each look is one of those"));
        Optional<Duration> idle = config.find(ArchiveSettings.IDLE);
        config.find(SURE_AFTER)
                .filter(sure -> idle.filter(time -> sure.compareTo(time) <= 0).isPresent())
                .ifPresent(sure -> problems.add(
                        SURE_AFTER.key(),
                        "must be above `" + ArchiveSettings.IDLE.key()
                                + "`, because a new partition has no digest for so long"));
    }

    /** Returns how it does, if it does. */
    static Optional<WatchOptions> read(ConfigReader config) {
        if (!config.has(KEY)) {
            return Optional.empty();
        }
        String pipeline = config.get(JobOptions.NAME);
        Transactions transactions = new Transactions(
                config.find(TRANSACTION_PREFIX).orElse(pipeline + "-alerts"), config.get(TRANSACTION_TIMEOUT));
        return Optional.of(new WatchOptions(
                pipeline,
                ArchiveSettings.read(config),
                config.get(SigningSettings.PUBLIC_KEYS),
                new Pace(config.get(EVERY), config.get(AGAIN_EVERY), config.get(SURE_AFTER)),
                config.get(ALERTS),
                transactions));
    }
}
