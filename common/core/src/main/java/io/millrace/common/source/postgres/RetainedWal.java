package io.millrace.common.source.postgres;

import io.millrace.common.metrics.MetricNames;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much write-ahead log Postgres keeps for a replication slot, asked now and then on a thread of its own. It never
 * throws into the job: without an answer the number is {@link #UNKNOWN}.
 */
public final class RetainedWal implements AutoCloseable {

    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);

    /** The slot is gone or was invalidated, or the database did not answer the last time it was asked. */
    public static final long UNKNOWN = -1;

    private static final Logger LOG = LoggerFactory.getLogger(RetainedWal.class);

    private static final String RETAINED = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint AS bytes"
            + " FROM pg_replication_slots WHERE slot_name = ? AND restart_lsn IS NOT NULL";

    private final String slot;
    private final WalLimits limits;
    private final RecurringStatement asking;
    private volatile long bytes = UNKNOWN;
    private int told;

    /** Asks at once and then every {@link #DEFAULT_INTERVAL}, until closed. */
    public RetainedWal(PostgresAddress address, String slot, WalLimits limits) {
        this(address, slot, limits, DEFAULT_INTERVAL);
    }

    /**
     * Asks at once and then again and again, until closed.
     *
     * @param interval from an answer to the next question
     */
    public RetainedWal(PostgresAddress address, String slot, WalLimits limits, Duration interval) {
        this.slot = slot;
        this.limits = limits;
        asking = RecurringStatement.start(address, "retained wal", interval, this::ask, () -> bytes = UNKNOWN);
    }

    /** Returns the number of bytes as of the last answer, or {@link #UNKNOWN}. */
    public long bytes() {
        return bytes;
    }

    /** Shows the number as {@link MetricNames#RETAINED_WAL}, and what it means as its level. */
    public void register(MetricGroup group) {
        MetricGroup ours = group.addGroup(MetricNames.ROOT);
        ours.<Long, Gauge<Long>>gauge(MetricNames.RETAINED_WAL.name(), this::bytes);
        ours.<Integer, Gauge<Integer>>gauge(MetricNames.RETAINED_WAL_LEVEL.name(), () -> limits.level(bytes));
    }

    private void ask(Connection connection) throws SQLException {
        Optional<Sql.Row> answer = new Sql(connection).first(RETAINED, slot);
        bytes = answer.isPresent() ? Long.parseLong(answer.get().text("bytes")) : UNKNOWN;
        tell(limits.level(bytes));
    }

    /** Once for each time that a limit is passed, in either direction. */
    private void tell(int level) {
        if (level == told || level < 0) {
            return;
        }
        told = level;
        if (level == 2) {
            LOG.error(
                    "slot {} keeps {} bytes of WAL, which is critical: is its job running, and confirming?",
                    slot,
                    bytes);
        } else if (level == 1) {
            LOG.warn("slot {} keeps {} bytes of WAL: is its job running, and confirming?", slot, bytes);
        } else {
            LOG.info("slot {} keeps {} bytes of WAL again", slot, bytes);
        }
    }

    /** Stops asking; waits for nobody. */
    @Override
    public void close() {
        asking.close();
    }
}
