package io.millrace.analytics.settings;

import io.millrace.analytics.model.ActivityOptions;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Setting;
import io.millrace.common.job.JobOptions;
import io.millrace.common.sink.kafka.Transactions;
import java.time.Duration;
import java.util.List;

/** Who counts as a high-value user, and how that is told. */
final class ActivitySettings {

    static final Setting<Integer> PURCHASES = atLeastZero(Setting.integer(
            "activity.high-value.purchases-above",
            0,
            "A user with more purchases than this within an hour is a high-value user."));

    static final Setting<Integer> CLICKS = atLeastZero(Setting.integer(
            "activity.high-value.clicks-above", 50, "A user with more clicks than this within an hour is one, too."));

    static final Setting<Duration> TIME_TO_LIVE = Setting.duration(
                    "activity.time-to-live",
                    Duration.ofHours(1),
                    "How long Redis keeps the activity of a user whom no later window names.")
            .mustBe(time -> time.toMillis() >= 1, "be at least 1 ms", "nothing could be read in less");

    static final Setting<String> TOPIC = SourceSettings.topic(
            "activity.high-value.topic",
            "high-value-user-detected",
            "Topic that is told once when a user comes into the state with a purchase; exactly once.");

    static final Setting<String> TRANSACTION_PREFIX = Setting.text(
            "activity.high-value.transactions.id-prefix",
            "Begins every transactional id, those of alerts too; the pipeline's name by default. No other job may use"
                    + " it.");

    static final Setting<Duration> TRANSACTION_TIMEOUT = Setting.duration(
            "activity.high-value.transactions.timeout",
            Transactions.DEFAULT_TIMEOUT,
            "Time after which the broker gives a transaction up. Too low loses what was told after a long outage; too"
                    + " high holds readers back when the job does not return. The broker's"
                    + " `transaction.max.timeout.ms` bounds it.");

    static final List<Setting<?>> ALL =
            List.of(PURCHASES, CLICKS, TIME_TO_LIVE, TOPIC, TRANSACTION_PREFIX, TRANSACTION_TIMEOUT);

    private ActivitySettings() {}

    static ActivityOptions read(ConfigReader config) {
        return new ActivityOptions(
                config.get(PURCHASES), config.get(CLICKS), config.get(TIME_TO_LIVE), config.get(TOPIC));
    }

    static Transactions transactions(ConfigReader config) {
        return new Transactions(
                config.find(TRANSACTION_PREFIX).orElse(config.get(JobOptions.NAME)), config.get(TRANSACTION_TIMEOUT));
    }

    private static Setting<Integer> atLeastZero(Setting<Integer> setting) {
        return setting.mustBe(count -> count >= 0, "not be negative", "everybody has more than less than nothing");
    }
}
