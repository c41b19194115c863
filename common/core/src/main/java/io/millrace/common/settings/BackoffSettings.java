package io.millrace.common.settings;

import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Setting;
import io.millrace.common.failure.Backoff;
import io.millrace.common.job.JobOptions;
import java.time.Duration;
import java.util.List;

/** How a target's outage is borne. */
public record BackoffSettings(Setting<Duration> first, Setting<Duration> longest, Setting<Duration> giveUpAfter) {

    /**
     * Makes the settings of a target.
     *
     * @param key of the target, as {@code targets.redis}; the durations are defaults
     */
    public static BackoffSettings of(String key, Duration first, Duration longest, Duration giveUpAfter) {
        return new BackoffSettings(
                positive(Setting.duration(
                        key + ".backoff.first",
                        first,
                        "Wait after the first failed request of an outage; each further one doubles it.")),
                positive(Setting.duration(
                        key + ".backoff.longest", longest, "Longest wait between two requests of an outage.")),
                positive(Setting.duration(
                        key + ".backoff.give-up-after",
                        giveUpAfter,
                        "Length of an outage that is waited out; a longer one fails the job, which restarts from its"
                                + " last checkpoint. It must be below `job.checkpoint-timeout`.")));
    }

    private static Setting<Duration> positive(Setting<Duration> setting) {
        return setting.mustBe(time -> time.toMillis() >= 1, "be at least 1 ms", "nothing happens in less");
    }

    public List<Setting<?>> all() {
        return List.of(first, longest, giveUpAfter);
    }

    /** Reads what {@link #check} found no problem in. */
    public Backoff read(ConfigReader config) {
        return new Backoff(config.get(first), config.get(longest), config.get(giveUpAfter));
    }

    /** Notes what does not fit together. */
    public void check(ConfigReader config, Problems problems) {
        config.find(longest)
                .filter(pause -> pause.compareTo(config.find(first).orElse(pause)) < 0)
                .ifPresent(pause ->
                        problems.add(longest.key(), "is below `" + first.key() + "`; raise it or lower the other"));
    }

    /** A checkpoint waits for the writes before it: one that is given up first makes the patience meaningless. */
    public void checkPatience(ConfigReader config, Problems problems) {
        Duration timeout = config.find(JobOptions.CHECKPOINT_TIMEOUT).orElse(Duration.ofDays(1));
        config.find(giveUpAfter)
                .filter(patience -> patience.compareTo(timeout) >= 0)
                .ifPresent(patience -> problems.add(
                        giveUpAfter.key(),
                        "is not below `" + JobOptions.CHECKPOINT_TIMEOUT.key() + "`; lower it or raise the other,"
                                + " because a checkpoint waits for the writes before it"));
    }
}
