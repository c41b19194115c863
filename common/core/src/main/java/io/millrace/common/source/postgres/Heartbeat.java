package io.millrace.common.source.postgres;

import io.millrace.common.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes {@link HeartbeatTable} as long as it is open, on a thread of its own. */
final class Heartbeat implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final PostgresAddress address;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Heartbeat::thread);
    private @Nullable Connection connection;
    private boolean failing;

    private Heartbeat(PostgresAddress address) {
        this.address = address;
    }

    static Heartbeat start(PostgresAddress address, Duration interval) {
        Heartbeat heartbeat = new Heartbeat(address);
        ScheduledFuture<?> unused =
                heartbeat.thread.scheduleWithFixedDelay(heartbeat::beat, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        return heartbeat;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "postgres-heartbeat");
        thread.setDaemon(true);
        return thread;
    }

    /** Never throws: a missed heartbeat does no harm, and a lost database is noticed by the stream. */
    private void beat() {
        try {
            if (connection == null) {
                connection = address.connect("heartbeat");
            }
            HeartbeatTable.beat(connection);
            failing = false;
        } catch (SQLException e) {
            if (!failing) {
                LOG.warn("{} cannot be written: {}", HeartbeatTable.NAME, e.getMessage());
            }
            failing = true;
            disconnect();
        }
    }

    private void disconnect() {
        try (Connection open = connection) {
            connection = null;
        } catch (SQLException e) {
            LOG.debug("the connection for heartbeats did not close", e);
        }
    }

    @Override
    public void close() {
        thread.execute(this::disconnect);
        thread.shutdown();
    }
}
