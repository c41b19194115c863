package io.millrace.cdc.settings;

import io.millrace.common.config.ClientProperties;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Secret;
import io.millrace.common.config.Setting;
import io.millrace.common.settings.BackoffSettings;
import io.millrace.common.settings.Sizes;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.sink.kafka.KafkaTargetConfig;
import io.millrace.common.sink.notification.SocketIoConfig;
import io.millrace.common.sink.redis.RedisConfig.Backoff;
import io.millrace.common.sink.redis.RedisConfig.Connection;
import io.millrace.common.source.kafka.TopicOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;

/**
 * Notifications as a target: by Socket.IO, to a topic, or both.
 *
 * @param socketIo present if they go to Socket.IO servers
 * @param kafka present if they go to a topic
 * @param topic its name
 * @param largestRecord bytes of the largest record in the topic: of a notification, and of what surrounds it
 */
public record NotificationSettings(
        Optional<SocketIoConfig> socketIo, Optional<KafkaTargetConfig> kafka, String topic, int largestRecord) {

    static final String KEY = "targets.notifications";
    static final String REDIS_KEY = "targets.notifications.redis";

    static final String KAFKA_KEY = "targets.notifications.kafka";

    /** More bytes than key, event, room and Kafka's own take. */
    private static final int AROUND = 64 * 1024;

    static final Setting<MemorySize> LARGEST = Setting.memorySize(
                    "targets.notifications.largest",
                    MemorySize.parse("256 kb"),
                    "Largest notification; a larger one is a dead letter. Each Socket.IO server holds it in memory.")
            .mustBe(size -> size.getBytes() <= 900_000, "be at most 900000 bytes", "Kafka takes records of 1 MB");

    static final Setting<String> ADAPTER_KEY = Setting.text(
            "targets.notifications.redis.key",
            SocketIoConfig.DEFAULT_KEY,
            "Option `key` of the servers' Redis adapter; begins the name of each channel.");

    static final Setting<String> URI = Setting.text(
                    "targets.notifications.redis.uri",
                    "Address of the Redis that the servers' adapter uses, as `redis://host:6379` or, for TLS,"
                            + " `rediss://host:6379`; without user and password.")
            .mustBeGiven();

    static final Setting<String> USERNAME = Setting.text(
            "targets.notifications.redis.username",
            "User of Redis' access control list, who needs PUBLISH; Redis' default user by default.");

    static final Setting<Secret> PASSWORD =
            Setting.secret("targets.notifications.redis.password", "Password, as `${env:NAME}`.");

    static final Setting<String> CA_CERTIFICATE = Setting.text(
            "targets.notifications.redis.ca-certificate",
            "File of PEM certificates to trust in place of the JVM's, on every TaskManager.");

    static final Setting<Duration> REQUEST_TIMEOUT = Setting.duration(
            "targets.notifications.redis.request-timeout",
            Duration.ofSeconds(10),
            "Time to wait for an answer. Too low repeats notifications that Redis is still busy with.");

    static final Setting<Boolean> CLUSTER = Setting.flag(
            "targets.notifications.redis.cluster",
            false,
            "Whether Redis is a cluster; `uri` is then that of any of its nodes.");

    static final BackoffSettings BACKOFF = BackoffSettings.of(
            REDIS_KEY,
            Backoff.defaults().first(),
            Backoff.defaults().longest(),
            Backoff.defaults().giveUpAfter());

    static final Setting<String> BOOTSTRAP_SERVERS = Setting.text(
                    "targets.notifications.kafka.bootstrap-servers",
                    "Addresses of some of the brokers, `host:port` joined by commas.")
            .mustBeGiven();

    static final Setting<String> TOPIC = Setting.text(
                    "targets.notifications.kafka.topic", "notifications", "Topic that notifications go to, as JSON.")
            .mustBe(TopicOptions::isTopic, "be letters, digits, `.`, `_` and `-`", "Kafka has no other topics");

    static final Setting<ClientProperties> PROPERTIES = Setting.properties(
            "targets.notifications.kafka.properties",
            "Further properties of Kafka's producer, by their own names: TLS and SASL, for example.");

    private static final List<Setting<?>> REDIS = List.of(
            URI,
            CLUSTER,
            ADAPTER_KEY,
            USERNAME,
            PASSWORD,
            CA_CERTIFICATE,
            REQUEST_TIMEOUT,
            BACKOFF.first(),
            BACKOFF.longest(),
            BACKOFF.giveUpAfter());

    private static final List<Setting<?>> KAFKA = List.of(BOOTSTRAP_SERVERS, TOPIC, PROPERTIES);

    static final List<Setting<?>> ALL = Stream.<List<Setting<?>>>of(REDIS, KAFKA, List.of(LARGEST))
            .flatMap(List::stream)
            .toList();

    /** Notes what is wrong with these settings, alone and together. */
    static void check(ConfigReader config, Problems problems) {
        config.check(List.of(LARGEST));
        if (!config.has(REDIS_KEY) && !config.has(KAFKA_KEY)) {
            problems.add(
                    KEY,
                    "says nobody who is told; add `redis: {uri: …}` for Socket.IO servers,"
                            + " `kafka: {bootstrap-servers: …}` for a topic, or both");
        }
        if (config.has(REDIS_KEY)) {
            config.check(REDIS);
            if (List.of(URI, REQUEST_TIMEOUT, CLUSTER).stream()
                    .allMatch(setting -> config.find(setting).isPresent())) {
                connection(config).check(REDIS_KEY, problems);
            }
            BACKOFF.check(config, problems);
        }
        if (config.has(KAFKA_KEY)) {
            config.check(KAFKA);
        }
    }

    private static Connection connection(ConfigReader config) {
        return new Connection(
                config.get(URI),
                config.find(USERNAME).orElse(null),
                config.find(PASSWORD).orElse(null),
                config.find(CA_CERTIFICATE).orElse(null),
                config.get(REQUEST_TIMEOUT),
                config.get(CLUSTER));
    }

    static NotificationSettings read(ConfigReader config) {
        return new NotificationSettings(
                config.has(REDIS_KEY)
                        ? Optional.of(new SocketIoConfig(connection(config), backoff(config), config.get(ADAPTER_KEY)))
                        : Optional.empty(),
                config.has(KAFKA_KEY)
                        ? Optional.of(new KafkaTargetConfig(
                                new KafkaConnection(config.get(BOOTSTRAP_SERVERS), config.get(PROPERTIES))))
                        : Optional.empty(),
                config.get(TOPIC),
                Sizes.toInt(config.get(LARGEST)) + AROUND);
    }

    private static Backoff backoff(ConfigReader config) {
        return new Backoff(
                config.get(BACKOFF.first()), config.get(BACKOFF.longest()), config.get(BACKOFF.giveUpAfter()));
    }
}
