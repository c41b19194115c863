package io.millrace.common.settings;

import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Secret;
import io.millrace.common.config.Setting;
import io.millrace.common.failure.Backoff;
import io.millrace.common.failure.FailurePolicy;
import io.millrace.common.sink.batch.Batching;
import io.millrace.common.sink.clickhouse.ClickHouseConfig;
import io.millrace.common.sink.clickhouse.ClickHouseConfig.Connection;
import io.millrace.common.sink.clickhouse.ClickHouseRoute;
import io.millrace.common.sink.clickhouse.Compression;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/** ClickHouse as a target. */
public final class ClickHouseSettings {

    public static final String KEY = "targets.clickhouse";

    static final Setting<String> URL = Setting.text(
                    "targets.clickhouse.url",
                    "Address of the HTTP interface, as `https://clickhouse:8443`; over TLS with `https`.")
            .mustBeGiven()
            .mustBe(
                    url -> url.matches("https?://[^/@\\s?]+:\\d{1,5}/?"),
                    "be an address with a port, such as https://clickhouse:8443, without a user",
                    "the client connects to it");

    static final Setting<String> DATABASE = Setting.text(
            "targets.clickhouse.database",
            "millrace",
            "Database of all tables. One that does not exist is made, if the user may.");

    /** The same key, where migrations make the tables. */
    static final Setting<String> MIGRATED_DATABASE = Setting.text(
            "targets.clickhouse.database",
            "millrace",
            "Database of all tables, which `./millrace migrate --database` makes in it. The job makes none, and does not"
                    + " start without them.");

    static final Setting<String> USERNAME = Setting.text("targets.clickhouse.username", "default", "User.");

    static final Setting<Secret> PASSWORD =
            Setting.secret("targets.clickhouse.password", "Password of the user, as `${env:NAME}`; empty by default.");

    static final Setting<String> CA_CERTIFICATE = Setting.text(
            "targets.clickhouse.ca-certificate",
            "File of PEM certificates to trust in place of the JVM's, on every TaskManager.");

    static final Setting<Duration> REQUEST_TIMEOUT = positive(Setting.duration(
            "targets.clickhouse.request-timeout",
            Duration.ofSeconds(60),
            "Time to wait for an answer. Too low repeats batches that a busy server is still writing."));

    static final Setting<Compression> COMPRESSION = Setting.oneOf(
            "targets.clickhouse.compression",
            Compression.class,
            Compression.NONE,
            "How inserts are compressed on their way. `lz4` costs the job about a fifth more CPU: for networks that are"
                    + " narrow, or paid for by the byte.");

    static final Setting<Integer> BATCH_ROWS = Setting.integer(
                    "targets.clickhouse.batch.max-rows",
                    ClickHouseConfig.DEFAULT_BATCHING.maxRows(),
                    "Rows of a table in one insert. Lower makes more parts to be merged; higher keeps more in memory.")
            .mustBe(count -> count >= 1, "be at least 1", "an empty insert writes nothing");

    static final Setting<MemorySize> BATCH_BYTES = Setting.memorySize(
                    "targets.clickhouse.batch.max-size",
                    new MemorySize(ClickHouseConfig.DEFAULT_BATCHING.maxBytes()),
                    "Size of one insert, counted as the JSON of its rows.")
            .mustBe(Sizes::isInt, "be below 2 GiB", "an insert is held in memory");

    static final Setting<Duration> BATCH_INTERVAL = positive(Setting.duration(
            "targets.clickhouse.batch.interval",
            ClickHouseConfig.DEFAULT_BATCHING.interval(),
            "Longest time a row waits for its batch. Lower shows changes earlier, and makes more parts to be merged:"
                    + " much below a second ClickHouse may fall behind and throttle."));

    static final Setting<Integer> IN_FLIGHT = Setting.integer(
                    "targets.clickhouse.batch.max-in-flight",
                    ClickHouseConfig.DEFAULT_BATCHING.maxInFlight(),
                    "Inserts of a subtask at the same time. Each takes a thread, and memory for its rows.")
            .mustBe(count -> count >= 1, "be at least 1", "nothing is written otherwise");

    public static final BackoffSettings BACKOFF = BackoffSettings.of(
            KEY,
            Backoff.defaults().first(),
            Backoff.defaults().longest(),
            Backoff.defaults().giveUpAfter());

    static final Setting<FailurePolicy> REFUSED = Setting.oneOf(
            "targets.clickhouse.refused",
            FailurePolicy.class,
            FailurePolicy.DEAD_LETTER,
            "What happens to a change that cannot be written for what it is.");

    public static final List<Setting<?>> ALL = List.of(
            URL,
            DATABASE,
            USERNAME,
            PASSWORD,
            CA_CERTIFICATE,
            REQUEST_TIMEOUT,
            COMPRESSION,
            BATCH_ROWS,
            BATCH_BYTES,
            BATCH_INTERVAL,
            IN_FLIGHT,
            BACKOFF.first(),
            BACKOFF.longest(),
            BACKOFF.giveUpAfter(),
            REFUSED);

    /** All of a job whose tables migrations make. */
    public static final List<Setting<?>> ALL_MIGRATED = ALL.stream()
            .<Setting<?>>map(setting -> setting.equals(DATABASE) ? MIGRATED_DATABASE : setting)
            .toList();

    private ClickHouseSettings() {}

    /** Notes what is wrong with these settings, alone and together. */
    public static void check(ConfigReader config, Problems problems) {
        config.check(ALL);
        BACKOFF.check(config, problems);
    }

    /** Reads what a target is told that makes its tables. */
    public static ClickHouseConfig read(ConfigReader config, List<ClickHouseRoute> routes) {
        return read(config, routes, false);
    }

    /** Reads what a target is told whose tables migrations make. */
    public static ClickHouseConfig readMigrated(ConfigReader config, List<ClickHouseRoute> routes) {
        return read(config, routes, true);
    }

    private static ClickHouseConfig read(ConfigReader config, List<ClickHouseRoute> routes, boolean migrated) {
        return new ClickHouseConfig(
                new Connection(
                        config.get(URL),
                        config.get(DATABASE),
                        config.get(USERNAME),
                        config.find(PASSWORD).orElse(null),
                        config.find(CA_CERTIFICATE).orElse(null),
                        config.get(REQUEST_TIMEOUT),
                        config.get(COMPRESSION)),
                new Batching(
                        config.get(BATCH_ROWS),
                        config.get(BATCH_BYTES).getBytes(),
                        config.get(BATCH_INTERVAL),
                        config.get(IN_FLIGHT)),
                BACKOFF.read(config),
                config.get(REFUSED),
                routes,
                migrated);
    }

    private static Setting<Duration> positive(Setting<Duration> setting) {
        return setting.mustBe(time -> time.toMillis() >= 1, "be at least 1 ms", "nothing happens in less");
    }
}
