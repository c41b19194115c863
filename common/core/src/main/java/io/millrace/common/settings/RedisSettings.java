package io.millrace.common.settings;

import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Secret;
import io.millrace.common.config.Setting;
import io.millrace.common.failure.FailurePolicy;
import io.millrace.common.sink.redis.RedisConfig;
import io.millrace.common.sink.redis.RedisConfig.Backoff;
import io.millrace.common.sink.redis.RedisConfig.Batching;
import io.millrace.common.sink.redis.RedisConfig.Connection;
import io.millrace.common.sink.redis.RedisRoute;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/** Redis as a target. */
public final class RedisSettings {

    public static final String KEY = "targets.redis";

    static final Setting<String> URI = Setting.text(
                    "targets.redis.uri",
                    "Address, as `redis://host:6379` or, for TLS, `rediss://host:6379`; without user and password.")
            .mustBeGiven();

    static final Setting<String> USERNAME = Setting.text(
            "targets.redis.username", "User of Redis' access control list; Redis' default user by default.");

    static final Setting<Secret> PASSWORD = Setting.secret("targets.redis.password", "Password, as `${env:NAME}`.");

    static final Setting<String> CA_CERTIFICATE = Setting.text(
            "targets.redis.ca-certificate",
            "File of PEM certificates to trust in place of the JVM's, on every TaskManager.");

    static final Setting<Duration> REQUEST_TIMEOUT = Setting.duration(
            "targets.redis.request-timeout",
            Duration.ofSeconds(10),
            "Time to wait for an answer. Too low repeats writes that Redis is still busy with.");

    static final Setting<Integer> MAX_ENTRIES = Setting.integer(
            "targets.redis.batch.max-entries",
            Batching.defaults().maxEntries(),
            "Writes in one pipelined batch. Lower costs more round trips; higher keeps Redis busy for longer at once.");

    static final Setting<MemorySize> MAX_BYTES = Setting.memorySize(
            "targets.redis.batch.max-size",
            new MemorySize(Batching.defaults().maxBytes()),
            "Size of one batch; a single larger write goes alone.");

    static final Setting<Integer> MAX_IN_FLIGHT = Setting.integer(
            "targets.redis.batch.max-in-flight",
            Batching.defaults().maxInFlight(),
            "Batches that Redis has not answered yet. Lower waits for the network; higher keeps more in memory.");

    static final Setting<Integer> MAX_BUFFERED = Setting.integer(
            "targets.redis.batch.max-buffered",
            Batching.defaults().maxBuffered(),
            "Writes that wait for their batch; more hold the source back.");

    static final Setting<Duration> LINGER = Setting.duration(
            "targets.redis.batch.linger",
            Batching.defaults().linger(),
            "Longest time a write waits for its batch. Lower shows changes earlier; higher costs fewer round trips.");

    public static final BackoffSettings BACKOFF = BackoffSettings.of(
            KEY,
            Backoff.defaults().first(),
            Backoff.defaults().longest(),
            Backoff.defaults().giveUpAfter());

    static final Setting<Duration> VERSION_RETENTION = Setting.duration(
                    "targets.redis.version-retention",
                    RedisConfig.DEFAULT_VERSION_RETENTION,
                    "Time for which the version of a deleted key is remembered. A change that arrives later than this"
                            + " after a delete brings the key back.")
            .mustBe(time -> time.toMillis() >= 1, "be at least 1 ms", "Redis remembers nothing for less");

    static final Setting<MemorySize> LARGEST_VALUE = Setting.memorySize(
                    "targets.redis.max-value-size", MemorySize.ofMebiBytes(1), "Largest value that is written.")
            .mustBe(Sizes::isInt, "be below 2 GiB", "a value is held in memory");

    static final Setting<FailurePolicy> REFUSED = Setting.oneOf(
            "targets.redis.refused",
            FailurePolicy.class,
            FailurePolicy.DEAD_LETTER,
            "What happens to a change that cannot be written for what it is.");

    static final Setting<Boolean> CLUSTER = Setting.flag(
            "targets.redis.cluster",
            false,
            "Whether Redis is a cluster; `uri` is then that of any of its nodes. A key and its version are in one slot.");

    public static final List<Setting<?>> ALL = List.of(
            URI,
            CLUSTER,
            USERNAME,
            PASSWORD,
            CA_CERTIFICATE,
            REQUEST_TIMEOUT,
            MAX_ENTRIES,
            MAX_BYTES,
            MAX_IN_FLIGHT,
            MAX_BUFFERED,
            LINGER,
            BACKOFF.first(),
            BACKOFF.longest(),
            BACKOFF.giveUpAfter(),
            VERSION_RETENTION,
            LARGEST_VALUE,
            REFUSED);

    private static final List<Setting<?>> BATCH = List.of(MAX_ENTRIES, MAX_BYTES, MAX_IN_FLIGHT, MAX_BUFFERED, LINGER);

    private RedisSettings() {}

    /** Notes what is wrong with these settings, alone and together. */
    public static void check(ConfigReader config, Problems problems) {
        config.check(ALL);
        if (List.of(URI, REQUEST_TIMEOUT, CLUSTER).stream()
                .allMatch(setting -> config.find(setting).isPresent())) {
            connection(config).check(KEY, problems);
        }
        if (BATCH.stream().allMatch(setting -> config.find(setting).isPresent())) {
            batching(config).check(KEY + ".batch", problems);
        }
        BACKOFF.check(config, problems);
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

    private static Batching batching(ConfigReader config) {
        return new Batching(
                config.get(MAX_ENTRIES),
                config.get(MAX_BYTES).getBytes(),
                config.get(MAX_IN_FLIGHT),
                config.get(MAX_BUFFERED),
                config.get(LINGER));
    }

    private static Backoff backoff(ConfigReader config) {
        return new Backoff(
                config.get(BACKOFF.first()), config.get(BACKOFF.longest()), config.get(BACKOFF.giveUpAfter()));
    }

    public static RedisConfig read(ConfigReader config, List<RedisRoute> routes) {
        return new RedisConfig(
                connection(config),
                batching(config),
                backoff(config),
                config.get(VERSION_RETENTION),
                Sizes.toInt(config.get(LARGEST_VALUE)),
                config.get(REFUSED),
                routes);
    }
}
