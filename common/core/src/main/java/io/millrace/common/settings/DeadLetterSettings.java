package io.millrace.common.settings;

import io.millrace.common.config.ClientProperties;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Setting;
import io.millrace.common.sink.deadletter.DeadLetterConfig;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.source.kafka.TopicOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;

/** Where what cannot be processed goes. */
public final class DeadLetterSettings {

    static final Setting<String> BOOTSTRAP_SERVERS = Setting.text(
            "dead-letters.bootstrap-servers",
            "Brokers of the dead-letter topic; by default those of the source, else those of the target Kafka, with"
                    + " their properties.");

    static final Setting<String> TOPIC = Setting.text(
                    "dead-letters.topic", "dead-letter-queue", "Topic of what could not be processed.")
            .mustBe(TopicOptions::isTopic, "be letters, digits, `.`, `_` and `-`", "Kafka has no other topics");

    static final Setting<MemorySize> LARGEST_RECORD = Setting.memorySize(
                    "dead-letters.largest-record",
                    new MemorySize(DeadLetterConfig.DEFAULT_MAX_RECORD_BYTES),
                    "Largest dead letter that is sent whole. It must stay below the topic's `max.message.bytes`, or the"
                            + " broker refuses it and the job fails.")
            .mustBe(Sizes::isInt, "be below 2 GiB", "Kafka counts bytes in 32 bits");

    static final Setting<String> OVERFLOW_FOLDER = Setting.text(
                    "dead-letters.overflow-folder",
                    "Folder for larger payloads, as an address that Flink's file systems understand and every"
                            + " TaskManager reaches, such as `s3://bucket/dead-letters` or `file:///shared/dead-letters`.")
            .mustBeGiven();

    static final Setting<Duration> TIMEOUT = Setting.duration(
            "dead-letters.timeout",
            DeadLetterConfig.DEFAULT_TIMEOUT,
            "Time one dead letter waits for Kafka's acknowledgement before the job fails and restarts.");

    static final Setting<ClientProperties> PROPERTIES = Setting.properties(
            "dead-letters.properties", "Further properties of Kafka's producer, by their own names.");

    public static final List<Setting<?>> ALL =
            List.of(BOOTSTRAP_SERVERS, TOPIC, LARGEST_RECORD, OVERFLOW_FOLDER, TIMEOUT, PROPERTIES);

    private DeadLetterSettings() {}

    /** A Kafka that is configured for something else. */
    public record Fallback(Setting<String> servers, Setting<ClientProperties> properties) {}

    /**
     * Notes what is wrong with these settings.
     *
     * @param fallbacks whose brokers are taken if no others are given, the first that is configured
     */
    public static void check(ConfigReader config, Problems problems, List<Fallback> fallbacks) {
        config.check(ALL);
        if (connection(config, fallbacks).isEmpty()) {
            problems.add(
                    BOOTSTRAP_SERVERS.key(),
                    "is missing; without another Kafka in the configuration, dead letters have nowhere to go");
        }
    }

    /** Reads what {@link #check} found no problem in. */
    public static DeadLetterConfig read(ConfigReader config, List<Fallback> fallbacks) {
        return new DeadLetterConfig(
                connection(config, fallbacks).orElseThrow(),
                config.get(TOPIC),
                Sizes.toInt(config.get(LARGEST_RECORD)),
                config.get(OVERFLOW_FOLDER),
                config.get(TIMEOUT));
    }

    private static Optional<KafkaConnection> connection(ConfigReader config, List<Fallback> fallbacks) {
        return Stream.concat(Stream.of(new Fallback(BOOTSTRAP_SERVERS, PROPERTIES)), fallbacks.stream())
                .flatMap(place -> connection(config, place).stream())
                .findFirst();
    }

    private static Optional<KafkaConnection> connection(ConfigReader config, Fallback place) {
        return config.find(place.servers())
                .map(address -> new KafkaConnection(
                        address, config.find(place.properties()).orElse(ClientProperties.none())));
    }
}
