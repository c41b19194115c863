package io.millrace.cdc.settings;

import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Setting;
import io.millrace.common.replay.Generations;
import io.millrace.common.source.kafka.TopicOptions;
import java.util.List;
import java.util.Set;

/** Which generation the records of a topic belong to that somebody else wrote. */
final class GenerationSettings {

    static final Setting<List<String>> BEGINS = Setting.list(
            "source.kafka.generations",
            "For topics of another Debezium, which carry no versions: where each generation from 1 on begins, one"
                    + " entry each, as `topic:partition=offset` joined by commas; a partition that an entry does not"
                    + " name began after it. Without it every such record has `generation`, so that a replay from the"
                    + " earliest offset lets rows of an old world win.");

    private GenerationSettings() {}

    /** Notes what is wrong with the entries, alone, together, and beside `generation` and the topics. */
    static void check(ConfigReader config, Problems problems) {
        config.check(List.of(BEGINS));
        if (config.has(BEGINS.key())) {
            config.find(BEGINS).ifPresent(begins -> check(begins, config, problems));
        }
    }

    private static void check(List<String> begins, ConfigReader config, Problems problems) {
        config.find(CdcSettings.GENERATION)
                .filter(generation -> generation != begins.size())
                .ifPresent(generation -> problems.add(
                        BEGINS.key(),
                        "has " + begins.size() + " entries, and `" + CdcSettings.GENERATION.key() + "` is " + generation
                                + "; give one for each generation from 1 on, or correct `"
                                + CdcSettings.GENERATION.key() + "`"));
        Set<String> unread = Generations.check(BEGINS.key(), begins, problems);
        unread.removeIf(topic -> TopicOptions.mayRead(config, topic));
        if (!unread.isEmpty()) {
            problems.add(
                    BEGINS.key(),
                    "names " + String.join(", ", unread) + ", which is not read; correct the name, or add it to the"
                            + " topics of the source");
        }
    }

    static Generations read(ConfigReader config) {
        return config.has(BEGINS.key())
                ? Generations.beginningAt(config.get(BEGINS))
                : Generations.only(config.get(CdcSettings.GENERATION));
    }
}
