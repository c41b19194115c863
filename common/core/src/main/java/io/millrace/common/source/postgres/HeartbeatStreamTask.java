package io.millrace.common.source.postgres;

import io.millrace.common.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.cdc.connectors.base.source.meta.split.StreamSplit;
import org.apache.flink.cdc.connectors.postgres.source.fetch.PostgresStreamFetchTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the stream, and writes {@link HeartbeatTable} while it does. Debezium's own heartbeat waits for a first change,
 * and its search for the place to resume waits for one too: in a quiet database neither would ever come.
 */
final class HeartbeatStreamTask extends PostgresStreamFetchTask {

    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatStreamTask.class);

    private final PostgresAddress address;
    private final Duration interval;
    private @Nullable Connection connection;
    private boolean failing;

    HeartbeatStreamTask(StreamSplit split, PostgresAddress address, Duration interval) {
        super(split);
        this.address = address;
        this.interval = interval;
    }

    @Override
    public void execute(Context context) throws Exception {
        ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(HeartbeatStreamTask::thread);
        ScheduledFuture<?> beating =
                beats.scheduleWithFixedDelay(this::beat, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        try {
            super.execute(context);
        } finally {
            beating.cancel(false);
            beats.execute(this::disconnect);
            beats.shutdown();
        }
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
}
