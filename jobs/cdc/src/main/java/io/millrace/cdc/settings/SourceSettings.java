package io.millrace.cdc.settings;

import io.millrace.cdc.model.Routes;
import io.millrace.cdc.model.SourceOptions;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Setting;
import io.millrace.common.job.JobOptions;
import io.millrace.common.serde.debezium.JsonLimits;
import io.millrace.common.settings.Sizes;
import io.millrace.common.source.kafka.TopicOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.MemorySize;

/** Where row changes come from. */
public final class SourceSettings {

    /** A kind of source. */
    public enum Type {
        KAFKA,
        POSTGRES
    }

    static final Setting<Type> TYPE = Setting.oneOf(
                    "source.type",
                    Type.class,
                    null,
                    "Where row changes come from: Debezium topics, or the database itself.")
            .mustBeGiven();

    static final Setting<MemorySize> LARGEST_DOCUMENT = Setting.memorySize(
                    "source.kafka.largest-document",
                    new MemorySize(JsonLimits.DEFAULT.largestDocument()),
                    "Largest key or value that is read; a larger one becomes a dead letter. Higher lets one message take"
                            + " more memory.")
            .mustBe(Sizes::isInt, "be below 2 GiB", "a message is held in memory");

    static final Setting<Integer> DEEPEST = Setting.integer(
                    "source.kafka.deepest",
                    JsonLimits.DEFAULT.deepest(),
                    "Objects and lists inside each other; a deeper message becomes a dead letter.")
            .mustBe(
                    depth -> depth >= 8 && depth <= 1_000,
                    "be 8 to 1000",
                    "Debezium's own wrapper has 6 levels, and" + " each level costs stack in some reader");

    static final List<Setting<?>> KAFKA = with(
            with(TopicOptions.ALL, GenerationSettings.BEGINS, LARGEST_DOCUMENT, DEEPEST),
            TypeSettings.ALL.toArray(Setting<?>[]::new));

    private static final Map<Type, String> KEYS = Map.of(Type.KAFKA, "source.kafka", Type.POSTGRES, "source.postgres");

    private SourceSettings() {}

    /** Notes what is wrong with the chosen source, and with another one that is written as well. */
    public static void check(ConfigReader config, Problems problems) {
        config.check(List.of(TYPE));
        config.find(TYPE).ifPresent(type -> {
            if (type == Type.KAFKA) {
                TopicOptions.check(config, problems);
                config.check(List.of(LARGEST_DOCUMENT, DEEPEST));
                GenerationSettings.check(config, problems);
                TypeSettings.check(config);
            } else {
                PostgresSettings.check(config, problems);
                JobOptions.refuseUnaligned(
                        config,
                        problems,
                        " with `" + TYPE.key() + ": postgres`, because a snapshot's end must not overtake its rows");
            }
            KEYS.forEach((other, key) -> {
                if (other != type && config.has(key)) {
                    problems.add(
                            key,
                            "has no effect; remove it or set `" + TYPE.key() + "` to "
                                    + other.name().toLowerCase(Locale.ROOT));
                }
            });
        });
    }

    /** Reads what {@link #check} found no problem in. */
    public static SourceOptions read(ConfigReader config, Routes routes) {
        return switch (config.get(TYPE)) {
            case KAFKA ->
                new SourceOptions.Topics(
                        TopicOptions.read(config, config.get(JobOptions.NAME)),
                        new JsonLimits(Sizes.toInt(config.get(LARGEST_DOCUMENT)), config.get(DEEPEST)),
                        GenerationSettings.read(config),
                        TypeSettings.read(config, routes));
            case POSTGRES ->
                new SourceOptions.Postgres(
                        PostgresSettings.read(config, routes.tables(), config.get(KafkaTargetSettings.TOPIC_PREFIX)));
        };
    }

    private static List<Setting<?>> with(List<Setting<?>> settings, Setting<?>... more) {
        List<Setting<?>> all = new ArrayList<>(settings);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }
}
