package io.millrace.cdc.settings;

import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Secret;
import io.millrace.common.config.Setting;
import io.millrace.common.failure.Backoff;
import io.millrace.common.failure.FailurePolicy;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.postgres.PostgresTls;
import io.millrace.common.settings.BackoffSettings;
import io.millrace.common.settings.Sizes;
import io.millrace.common.sink.batch.Batching;
import io.millrace.common.sink.jdbc.PostgresRoute;
import io.millrace.common.sink.jdbc.PostgresTargetConfig;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/** Postgres as a target. */
public final class PostgresTargetSettings {

    /** Where a configuration has them. */
    public static final String KEY = "targets.postgres";

    static final Setting<String> HOST = Setting.text("targets.postgres.host", "Host of the database server.")
            .mustBeGiven();

    static final Setting<Integer> PORT = Setting.integer("targets.postgres.port", 5432, "Its port.")
            .mustBe(port -> port >= 1 && port <= 65_535, "be 1 to 65535", "there are no other ports");

    static final Setting<String> DATABASE =
            Setting.text("targets.postgres.database", "Database to write to.").mustBeGiven();

    static final Setting<String> SCHEMA = Setting.text(
                    "targets.postgres.schema",
                    "public",
                    "Schema of all tables. One that does not exist is made, if the user may.")
            .mustBe(
                    name -> PostgresRoute.problemOf(name) == null,
                    "be the name of a schema",
                    "Postgres cuts off longer names");

    static final Setting<String> USER = Setting.text(
                    "targets.postgres.user",
                    "User who owns the tables, or may make them. For tables that others made: with the right to select,"
                            + " insert and update.")
            .mustBeGiven();

    static final Setting<Secret> PASSWORD =
            Setting.secret("targets.postgres.password", "Password of the user, as `${env:NAME}`; none by default.");

    static final Setting<PostgresTls.Mode> TLS_MODE = Setting.oneOf(
            "targets.postgres.tls.mode",
            PostgresTls.Mode.class,
            PostgresTls.DEFAULT.mode(),
            "As `source.postgres.tls.mode`.");

    static final Setting<String> TLS_ROOT_CERTIFICATE =
            Setting.text("targets.postgres.tls.root-certificate", "As `source.postgres.tls.root-certificate`.");

    static final Setting<Duration> REQUEST_TIMEOUT = Setting.duration(
                    "targets.postgres.request-timeout",
                    Duration.ofSeconds(60),
                    "Time to wait for an answer, which a lock of somebody else's may hold up. Too low repeats batches"
                            + " that a busy server is still writing.")
            .mustBe(time -> time.toSeconds() >= 1, "be at least 1 s", "it is counted in seconds");

    static final Setting<Integer> BATCH_ROWS = Setting.integer(
                    "targets.postgres.batch.max-rows",
                    PostgresTargetConfig.DEFAULT_BATCHING.maxRows(),
                    "Rows of a table in one transaction. Lower waits for the disk more often; higher keeps more in"
                            + " memory, and rows locked for longer.")
            .mustBe(count -> count >= 1, "be at least 1", "an empty batch writes nothing");

    static final Setting<MemorySize> BATCH_BYTES = Setting.memorySize(
                    "targets.postgres.batch.max-size",
                    new MemorySize(PostgresTargetConfig.DEFAULT_BATCHING.maxBytes()),
                    "Size of one transaction, counted as the JSON of its rows.")
            .mustBe(Sizes::isInt, "be below 2 GiB", "a batch is held in memory");

    static final Setting<Duration> BATCH_INTERVAL = Setting.duration(
                    "targets.postgres.batch.interval",
                    PostgresTargetConfig.DEFAULT_BATCHING.interval(),
                    "Longest time a row waits for its batch. Lower shows changes earlier, in more transactions.")
            .mustBe(time -> time.toMillis() >= 1, "be at least 1 ms", "nothing happens in less");

    static final BackoffSettings BACKOFF = BackoffSettings.of(
            KEY,
            Backoff.defaults().first(),
            Backoff.defaults().longest(),
            Backoff.defaults().giveUpAfter());

    static final Setting<FailurePolicy> REFUSED = Setting.oneOf(
            "targets.postgres.refused",
            FailurePolicy.class,
            FailurePolicy.DEAD_LETTER,
            "What happens to a change that cannot be written for what it is.");

    static final List<Setting<?>> ALL = List.of(
            HOST,
            PORT,
            DATABASE,
            SCHEMA,
            USER,
            PASSWORD,
            TLS_MODE,
            TLS_ROOT_CERTIFICATE,
            REQUEST_TIMEOUT,
            BATCH_ROWS,
            BATCH_BYTES,
            BATCH_INTERVAL,
            BACKOFF.first(),
            BACKOFF.longest(),
            BACKOFF.giveUpAfter(),
            REFUSED);

    private PostgresTargetSettings() {}

    /** Notes what is wrong with these settings, alone and together. */
    static void check(ConfigReader config, Problems problems) {
        config.check(ALL);
        BACKOFF.check(config, problems);
    }

    static PostgresTargetConfig read(ConfigReader config, List<PostgresRoute> routes) {
        return new PostgresTargetConfig(
                new PostgresAddress(
                        config.get(HOST),
                        config.get(PORT),
                        config.get(DATABASE),
                        config.get(USER),
                        config.find(PASSWORD).orElse(new Secret("")),
                        new PostgresTls(
                                config.get(TLS_MODE),
                                config.find(TLS_ROOT_CERTIFICATE).orElse(null))),
                config.get(SCHEMA),
                config.get(REQUEST_TIMEOUT),
                new Batching(
                        config.get(BATCH_ROWS),
                        config.get(BATCH_BYTES).getBytes(),
                        config.get(BATCH_INTERVAL),
                        PostgresTargetConfig.DEFAULT_BATCHING.maxInFlight()),
                BACKOFF.read(config),
                config.get(REFUSED),
                routes);
    }
}
