package io.millrace.cdc.settings;

import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Secret;
import io.millrace.common.config.Setting;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.postgres.PostgresTls;
import io.millrace.common.source.postgres.PostgresChangesConfig;
import io.millrace.common.source.postgres.WalLimits;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/** Postgres as the source. */
final class PostgresSettings {

    private static final String NAMES = "[a-z0-9_]{1,63}";

    static final Setting<String> HOST =
            Setting.text("source.postgres.host", "Host of the database server.").mustBeGiven();

    static final Setting<Integer> PORT = Setting.integer("source.postgres.port", 5432, "Its port.")
            .mustBe(port -> port >= 1 && port <= 65_535, "be 1 to 65535", "there are no other ports");

    static final Setting<String> DATABASE = Setting.text("source.postgres.database", "Database to capture from.")
            .mustBeGiven();

    static final Setting<String> USER = Setting.text(
                    "source.postgres.user", "User with the right to replicate and to read the routed tables.")
            .mustBeGiven();

    static final Setting<Secret> PASSWORD =
            Setting.secret("source.postgres.password", "Password of the user, as `${env:NAME}`; none by default.");

    static final Setting<PostgresTls.Mode> TLS_MODE = Setting.oneOf(
            "source.postgres.tls.mode",
            PostgresTls.Mode.class,
            PostgresTls.DEFAULT.mode(),
            "Whether connections are encrypted, and what the server has to prove: `verify-ca` that its certificate is"
                    + " signed by a trusted authority, `verify-full` also that it is for this host. Below that anybody"
                    + " between can read along.");

    static final Setting<String> TLS_ROOT_CERTIFICATE = Setting.text(
            "source.postgres.tls.root-certificate",
            "File with the trusted authorities in PEM, at the same path on every machine of the cluster and where the"
                    + " job is submitted. Without it the driver's own, `~/.postgresql/root.crt`.");

    static final Setting<String> SLOT = Setting.text(
                    "source.postgres.slot",
                    "millrace",
                    "Replication slot. It survives the job and keeps write-ahead log until the job confirms it: drop it"
                            + " by hand when the job is gone for good.")
            .mustBe(slot -> slot.matches(NAMES), "be 1 to 63 of a-z, 0-9 and _", "Postgres has no other slots");

    static final Setting<String> PUBLICATION = Setting.text(
                    "source.postgres.publication",
                    "millrace",
                    "Publication of the routed tables; made if it is missing.")
            .mustBe(name -> name.matches(NAMES), "be 1 to 63 of a-z, 0-9 and _", "it is written without quotes");

    static final Setting<Integer> CHUNK_ROWS = Setting.integer(
                    "source.postgres.chunk-rows",
                    PostgresChangesConfig.DEFAULT_CHUNK_ROWS,
                    "Rows that one task of the snapshot reads at once. More is faster; fewer repeat"
                            + " less after a crash.")
            .mustBe(rows -> rows >= 2, "be at least 2", "a chunk has two ends");

    static final Setting<Integer> FETCH_ROWS = Setting.integer(
                    "source.postgres.fetch-rows",
                    PostgresChangesConfig.DEFAULT_FETCH_ROWS,
                    "Rows in one answer of the server during the snapshot.")
            .mustBe(rows -> rows >= 1, "be at least 1", "an empty answer makes no progress");

    static final Setting<Duration> POLL = Setting.duration(
                    "source.postgres.poll-interval",
                    PostgresChangesConfig.DEFAULT_POLL,
                    "Time a quiet stream waits before it looks again: the floor of the latency. Lower costs CPU.")
            .mustBe(time -> time.toMillis() >= 1, "be at least 1 ms", "it would never rest");

    static final Setting<Duration> HEARTBEAT = Setting.duration(
                    "source.postgres.heartbeat-interval",
                    PostgresChangesConfig.DEFAULT_HEARTBEAT,
                    "Time between writes to the heartbeat table, which let the slot move on while no routed table"
                            + " changes. Too high keeps write-ahead log for longer.")
            .mustBe(time -> time.toMillis() >= 100, "be at least 100 ms", "each one is a transaction");

    static final Setting<MemorySize> WAL_WARNING = Setting.memorySize(
            "source.postgres.retained-wal.warning",
            new MemorySize(WalLimits.DEFAULT.warning()),
            "Write-ahead log kept for the slot from which the job warns, in its log and by `retainedWalLevel`.");

    static final Setting<MemorySize> WAL_CRITICAL = Setting.memorySize(
            "source.postgres.retained-wal.critical",
            new MemorySize(WalLimits.DEFAULT.critical()),
            "The same, from which the database's disk is in danger. Set it well below the disk's size.");

    static final List<Setting<?>> ALL = List.of(
            HOST,
            PORT,
            DATABASE,
            USER,
            PASSWORD,
            TLS_MODE,
            TLS_ROOT_CERTIFICATE,
            SLOT,
            PUBLICATION,
            CHUNK_ROWS,
            FETCH_ROWS,
            POLL,
            HEARTBEAT,
            WAL_WARNING,
            WAL_CRITICAL);

    private PostgresSettings() {}

    /** Notes what is wrong with these settings, alone and together. */
    static void check(ConfigReader config, Problems problems) {
        config.check(ALL);
        config.find(WAL_CRITICAL)
                .filter(critical -> critical.compareTo(config.find(WAL_WARNING).orElse(critical)) < 0)
                .ifPresent(critical -> problems.add(
                        WAL_CRITICAL.key(), "is below `" + WAL_WARNING.key() + "`; raise it or lower the other"));
    }

    /** Reads them; the captured tables are those that have a route. */
    static PostgresChangesConfig read(ConfigReader config, List<String> tables, String serverName) {
        return new PostgresChangesConfig(
                new PostgresAddress(
                        config.get(HOST),
                        config.get(PORT),
                        config.get(DATABASE),
                        config.get(USER),
                        config.find(PASSWORD).orElse(new Secret("")),
                        new PostgresTls(
                                config.get(TLS_MODE),
                                config.find(TLS_ROOT_CERTIFICATE).orElse(null))),
                tables,
                config.get(SLOT),
                config.get(PUBLICATION),
                serverName,
                config.get(CHUNK_ROWS),
                config.get(FETCH_ROWS),
                config.get(POLL),
                config.get(HEARTBEAT),
                new WalLimits(
                        config.get(WAL_WARNING).getBytes(),
                        config.get(WAL_CRITICAL).getBytes()));
    }
}
