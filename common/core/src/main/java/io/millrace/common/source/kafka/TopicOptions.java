package io.millrace.common.source.kafka;

import io.millrace.common.config.ClientProperties;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Setting;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which topics are read, and from where.
 *
 * @param topics empty if a pattern chooses
 * @param startTimestamp present exactly if {@link Start#TIMESTAMP} is chosen
 * @param properties further properties of the consumer, such as {@code security.protocol}
 */
public record TopicOptions(
        String bootstrapServers,
        List<String> topics,
        Optional<String> topicPattern,
        String groupId,
        Start start,
        Optional<Instant> startTimestamp,
        Duration discoveryInterval,
        ClientProperties properties) {

    /** Where reading begins when there is no savepoint. */
    public enum Start {
        EARLIEST,
        LATEST,
        GROUP_OFFSETS,
        TIMESTAMP
    }

    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    public static final Setting<String> BOOTSTRAP_SERVERS = Setting.text(
                    "source.kafka.bootstrap-servers", "Addresses of some of the brokers, `host:port` joined by commas.")
            .mustBeGiven();

    static final Setting<List<String>> TOPICS = Setting.list(
                    "source.kafka.topics", "Topics to read. Either these or `source.kafka.topic-pattern`.")
            .mustBe(
                    topics -> topics.stream().allMatch(TopicOptions::isTopic),
                    "be names of letters, digits, `.`, `_` and `-`, at most 249 characters each",
                    "Kafka has no other");

    static final Setting<String> TOPIC_PATTERN = Setting.text(
                    "source.kafka.topic-pattern",
                    "Regular expression of the topics to read, found again at every discovery.")
            .mustBe(TopicOptions::isPattern, "be a regular expression", "topics are matched against it");

    static final Setting<String> GROUP_ID = Setting.text(
            "source.kafka.group-id",
            "Consumer group whose offsets show the progress to Kafka's own tools; the pipeline's name by default."
                    + " Positions themselves are kept in checkpoints.");

    static final Setting<Start> START = Setting.oneOf(
            "source.kafka.start",
            Start.class,
            Start.EARLIEST,
            "Where reading begins when the job starts without a savepoint.");

    static final Setting<String> START_TIMESTAMP = Setting.text(
                    "source.kafka.start-timestamp",
                    "With `start: timestamp`: the earliest record time to read, as `2026-01-31T12:00:00Z`.")
            .mustBe(TopicOptions::isInstant, "be a time such as 2026-01-31T12:00:00Z", "offsets are looked up by it");

    static final Setting<Duration> DISCOVERY_INTERVAL = Setting.duration(
                    "source.kafka.discovery-interval",
                    Duration.ofMinutes(1),
                    "Time between two looks for new partitions and topics. Lower asks the brokers more often; higher"
                            + " leaves a new partition unread for longer.")
            .mustBe(interval -> interval.toMillis() >= 1_000, "be at least 1 s", "each look asks every broker");

    public static final Setting<ClientProperties> PROPERTIES = Setting.properties(
            "source.kafka.properties",
            "Further properties of Kafka's consumer, by their own names: TLS and SASL, fetch sizes. Unless they are named"
                    + " here, `max.poll.records` is 5000 and `fetch.max.wait.ms` 100.");

    public static final List<Setting<?>> ALL = List.of(
            BOOTSTRAP_SERVERS, TOPICS, TOPIC_PATTERN, GROUP_ID, START, START_TIMESTAMP, DISCOVERY_INTERVAL, PROPERTIES);

    /** How topics are read whose names a job knows by other settings. */
    public static final List<Setting<?>> HOW =
            List.of(BOOTSTRAP_SERVERS, GROUP_ID, START, START_TIMESTAMP, DISCOVERY_INTERVAL, PROPERTIES);

    /** Notes what is wrong with these settings, alone and together. */
    public static void check(ConfigReader config, Problems problems) {
        config.check(ALL);
        boolean listed = config.has(TOPICS.key());
        if (listed == config.has(TOPIC_PATTERN.key())) {
            problems.add(
                    TOPICS.key(),
                    listed
                            ? "and `" + TOPIC_PATTERN.key() + "` are both given; remove one, because only one chooses"
                            : "and `" + TOPIC_PATTERN.key() + "` are both missing; give one");
        }
        checkStart(config, problems);
    }

    /** Notes what is wrong with how topics are read. */
    public static void checkHow(ConfigReader config, Problems problems) {
        config.check(HOW);
        checkStart(config, problems);
    }

    private static void checkStart(ConfigReader config, Problems problems) {
        boolean byTime = config.find(START).filter(Start.TIMESTAMP::equals).isPresent();
        if (byTime != config.has(START_TIMESTAMP.key())) {
            problems.add(
                    START_TIMESTAMP.key(),
                    byTime
                            ? "is missing; `start: timestamp` needs it"
                            : "has no effect; remove it or set `" + START.key() + "` to timestamp");
        }
    }

    /** Reads what {@link #check} found no problem in. */
    public static TopicOptions read(ConfigReader config, String pipeline) {
        return new TopicOptions(
                config.get(BOOTSTRAP_SERVERS),
                config.get(TOPICS),
                config.find(TOPIC_PATTERN),
                config.find(GROUP_ID).orElse(pipeline),
                config.get(START),
                config.find(START_TIMESTAMP).map(Instant::parse),
                config.get(DISCOVERY_INTERVAL),
                config.get(PROPERTIES));
    }

    /** Reads what {@link #checkHow} found no problem in, for one topic. */
    public static TopicOptions readHow(ConfigReader config, String topic, String group) {
        return new TopicOptions(
                config.get(BOOTSTRAP_SERVERS),
                List.of(topic),
                Optional.empty(),
                config.find(GROUP_ID).map(prefix -> prefix + "-" + topic).orElse(group),
                config.get(START),
                config.find(START_TIMESTAMP).map(Instant::parse),
                config.get(DISCOVERY_INTERVAL),
                config.get(PROPERTIES));
    }

    /** Tells whether a topic is among those that are read, as far as these settings are right. */
    public static boolean mayRead(ConfigReader config, String topic) {
        List<String> listed = config.find(TOPICS).orElse(List.of());
        Optional<String> pattern = config.find(TOPIC_PATTERN);
        return listed.contains(topic)
                || pattern.map(regex -> !isPattern(regex) || topic.matches(regex))
                        .orElse(listed.isEmpty());
    }

    /** Tells whether Kafka takes the name for a topic. */
    public static boolean isTopic(String name) {
        return TOPIC.matcher(name).matches() && !name.equals(".") && !name.equals("..");
    }

    private static boolean isPattern(String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static boolean isInstant(String text) {
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
