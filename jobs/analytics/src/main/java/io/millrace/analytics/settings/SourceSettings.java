package io.millrace.analytics.settings;

import io.millrace.analytics.parse.EventLimits;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Setting;
import io.millrace.common.job.JobOptions;
import io.millrace.common.settings.Sizes;
import io.millrace.common.source.kafka.TopicOptions;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/** Which topics events are read from, and what of them is believed. */
final class SourceSettings {

    static final Setting<String> PAGE_VIEWS = topic(
            "source.page-views", "page-views", "Topic of page views: what pages and their visitors are counted from.");

    static final Setting<String> USER_ACTIONS = topic(
            "source.user-actions", "user-actions", "Topic of what users do: what their activity is counted from.");

    static final Setting<String> METRICS = topic(
            "source.metrics", "metrics", "Topic of samples of requests: what the latency of services is counted from.");

    static final Setting<MemorySize> LARGEST_EVENT = Setting.memorySize(
                    "source.limits.largest-event",
                    new MemorySize(EventLimits.DEFAULT.largestEvent()),
                    "Largest event that is read; a larger one is a dead letter.")
            .mustBe(Sizes::isInt, "be below 2 GiB", "an event is held in memory");

    static final Setting<Integer> DEEPEST = Setting.integer(
                    "source.limits.deepest",
                    EventLimits.DEFAULT.deepest(),
                    "Objects and lists inside each other that are read; an event of more is a dead letter.")
            .mustBe(depth -> depth >= 1 && depth <= 1_000, "be 1 to 1000", "an event is an object itself");

    static final Setting<Duration> DRIFT = Setting.duration(
                    "source.limits.drift",
                    EventLimits.DEFAULT.drift(),
                    "How far the time of an event may be ahead of that of its Kafka record; one further ahead is a dead"
                            + " letter. Too low turns away services whose clocks are fast; too high lets one wrong clock"
                            + " close everybody's windows early by so much.")
            .mustBe(drift -> !drift.isNegative(), "not be negative", "clocks are never exact");

    static final List<Setting<?>> LIMITS = List.of(LARGEST_EVENT, DEEPEST, DRIFT);
    static final List<Setting<?>> TOPICS = List.of(PAGE_VIEWS, USER_ACTIONS, METRICS);

    private SourceSettings() {}

    static Setting<String> topic(String key, String byDefault, String description) {
        return Setting.text(key, byDefault, description)
                .mustBe(TopicOptions::isTopic, "be letters, digits, `.`, `_` and `-`", "Kafka has no other topics");
    }

    /** Notes what is wrong with these settings, alone and together. */
    static void check(ConfigReader config, Problems problems) {
        TopicOptions.checkHow(config, problems);
        config.check(TOPICS);
        config.check(LIMITS);
    }

    static TopicOptions pageViews(ConfigReader config) {
        return read(config, PAGE_VIEWS);
    }

    static TopicOptions userActions(ConfigReader config) {
        return read(config, USER_ACTIONS);
    }

    static TopicOptions metrics(ConfigReader config) {
        return read(config, METRICS);
    }

    /** Each topic has a group of its own, for all read what is sent again. */
    private static TopicOptions read(ConfigReader config, Setting<String> topic) {
        String name = config.get(topic);
        return TopicOptions.readHow(config, name, config.get(JobOptions.NAME) + "-" + name);
    }

    static EventLimits limits(ConfigReader config) {
        return new EventLimits(Sizes.toInt(config.get(LARGEST_EVENT)), config.get(DEEPEST), config.get(DRIFT));
    }
}
