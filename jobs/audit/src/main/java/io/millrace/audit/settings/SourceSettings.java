package io.millrace.audit.settings;

import io.millrace.audit.parse.EventLimits;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Setting;
import io.millrace.common.job.JobOptions;
import io.millrace.common.settings.Sizes;
import io.millrace.common.source.kafka.TopicOptions;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/** Which topic is archived, and what is read of its events. */
final class SourceSettings {

    static final Setting<String> TOPIC = Setting.text(
                    "source.topic",
                    "audit-logs",
                    "Topic of audit events. Its `message.timestamp.type` must be `LogAppendTime`. It is part of every hash.")
            .mustBe(TopicOptions::isTopic, "be letters, digits, `.`, `_` and `-`", "Kafka has no other topics");

    static final Setting<MemorySize> LARGEST_EVENT = Setting.memorySize(
                    "source.limits.largest-event",
                    new MemorySize(EventLimits.DEFAULT.largestEvent()),
                    "Largest event whose fields are read; a larger one is archived as it came, marked as malformed, and a"
                            + " dead letter.")
            .mustBe(Sizes::isInt, "be below 2 GiB", "an event is held in memory");

    static final Setting<Integer> DEEPEST = Setting.integer(
                    "source.limits.deepest",
                    EventLimits.DEFAULT.deepest(),
                    "Objects and lists inside each other that are read; an event of more is treated like a larger one.")
            .mustBe(depth -> depth >= 1 && depth <= 1_000, "be 1 to 1000", "an event is an object itself");

    static final List<Setting<?>> TOPICS = List.of(TOPIC, LARGEST_EVENT, DEEPEST);

    private SourceSettings() {}

    /** Notes what is wrong with these settings, alone and together. */
    static void check(ConfigReader config, Problems problems) {
        TopicOptions.checkHow(config, problems);
        config.check(TOPICS);
        if (config.has("source.kafka.start")
                && !config.find(Setting.text("source.kafka.start", ""))
                        .filter("earliest"::equals)
                        .isPresent()) {
            problems.add(
                    "source.kafka.start",
                    "must be `earliest`, or be left out: an archive that begins in the middle of a topic cannot be told"
                            + " from one whose beginning was removed. What it holds already is passed over");
        }
    }

    static TopicOptions read(ConfigReader config) {
        return TopicOptions.readHow(config, config.get(TOPIC), config.get(JobOptions.NAME));
    }

    static EventLimits limits(ConfigReader config) {
        return new EventLimits(Sizes.toInt(config.get(LARGEST_EVENT)), config.get(DEEPEST));
    }
}
