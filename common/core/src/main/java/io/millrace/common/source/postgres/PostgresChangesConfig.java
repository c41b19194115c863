package io.millrace.common.source.postgres;

import io.millrace.common.postgres.PostgresAddress;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What is captured from which database, and how.
 *
 * @param tables schema and name, as {@code public.users}; their publication holds exactly these
 * @param slot the replication slot; it survives the job and keeps WAL until the job confirms it
 * @param serverName the first part of Debezium's schema names and of the topics, as {@code dbserver1}
 * @param chunkRows rows that one task of the snapshot reads at once: more is faster, fewer repeats less after a crash
 * @param fetchRows rows in one answer of the server during the snapshot
 * @param poll how long a quiet stream waits before it looks again: the floor of the latency
 * @param heartbeat how often {@link HeartbeatTable} is written, so that a quiet publication moves its slot
 * @param walLimits from where on what the slot keeps is told
 */
public record PostgresChangesConfig(
        PostgresAddress address,
        List<String> tables,
        String slot,
        String publication,
        String serverName,
        int chunkRows,
        int fetchRows,
        Duration poll,
        Duration heartbeat,
        WalLimits walLimits)
        implements Serializable {

    public static final int DEFAULT_CHUNK_ROWS = 50_000;
    public static final int DEFAULT_FETCH_ROWS = 1_024;
    public static final Duration DEFAULT_POLL = Duration.ofMillis(20);
    public static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(10);

    /** Makes a configuration with the defaults. */
    public static PostgresChangesConfig of(
            PostgresAddress address, List<String> tables, String slot, String publication, String serverName) {
        return new PostgresChangesConfig(
                address,
                tables,
                slot,
                publication,
                serverName,
                DEFAULT_CHUNK_ROWS,
                DEFAULT_FETCH_ROWS,
                DEFAULT_POLL,
                DEFAULT_HEARTBEAT,
                WalLimits.DEFAULT);
    }

    public PostgresChangesConfig {
        tables = List.copyOf(tables);
    }

    /** Returns the same for one of its tables. */
    PostgresChangesConfig only(String table) {
        return new PostgresChangesConfig(
                address,
                List.of(table),
                slot,
                publication,
                serverName,
                chunkRows,
                fetchRows,
                poll,
                heartbeat,
                walLimits);
    }
}
