package io.millrace.common.source.postgres;

import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.millrace.common.source.postgres.pgoutput.PgOutput;
import io.millrace.common.source.postgres.pgoutput.StreamedChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitBase;
import org.apache.flink.cdc.connectors.base.source.meta.split.StreamSplit;
import org.apache.flink.cdc.connectors.base.source.reader.external.FetchTask;
import org.apache.flink.cdc.connectors.postgres.source.fetch.PostgresSourceFetchTaskContext;
import org.apache.flink.cdc.connectors.postgres.source.offset.PostgresOffset;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the stream from where the job goes on. In the place of Flink CDC's own task, which reads by Debezium's engine:
 * five times the work for each change, and a search for the place to resume that waits for a first change and skips
 * some when two transactions meet at one position.
 */
final class StreamTask implements FetchTask<SourceSplitBase> {

    private static final Logger LOG = LoggerFactory.getLogger(StreamTask.class);

    private static final Duration SLOT_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

    private final StreamSplit split;
    private final PostgresChangesConfig config;
    private final TableNumbers numbers;
    private volatile boolean running = true;
    private volatile @Nullable SlotStream stream;
    private volatile @Nullable KeepAlive keepAlive;
    private volatile @Nullable Thread reader;
    private long confirmed;

    /**
     * Makes a task.
     *
     * @param numbers of the tables as they were when the job was started
     */
    StreamTask(StreamSplit split, PostgresChangesConfig config, TableNumbers numbers) {
        this.split = split;
        this.config = config;
        this.numbers = numbers;
    }

    @Override
    public void execute(Context context) throws Exception {
        reader = Thread.currentThread();
        try {
            stream((PostgresSourceFetchTaskContext) context);
        } catch (Error e) {
            // Flink CDC looks for exceptions alone, and would go on without a reader
            throw new FlinkRuntimeException("the stream of the slot " + config.slot() + " broke off", e);
        } catch (InterruptedException | SQLException e) {
            if (running) {
                throw e;
            }
        }
    }

    private void stream(PostgresSourceFetchTaskContext context) throws SQLException, IOException, InterruptedException {
        try (PostgresConnection ignored = context.getConnection();
                SlotStream open = open();
                PublishedTables published = PublishedTables.watch(config, numbers);
                RecurringStatement ignoredToo = HeartbeatTable.beating(config.address(), config.heartbeat());
                KeepAlive alive = KeepAlive.start(open)) {
            stream = open;
            keepAlive = alive;
            read(open, published, context);
        } finally {
            keepAlive = null;
            stream = null;
        }
    }

    private SlotStream open() throws SQLException, InterruptedException {
        Lsn start = ((PostgresOffset) split.getStartingOffset()).getLsn();
        LogSequenceNumber from = start.isValid() ? start.asLogSequenceNumber() : LogSequenceNumber.INVALID_LSN;
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        SlotStream opened = SlotStream.open(config, from);
        while (opened == null) {
            if (System.nanoTime() > deadline) {
                throw new SQLException("the replication slot " + config.slot() + " is read by another connection since "
                        + LONGEST_WAIT.toSeconds() + " s: each job needs a slot of its own");
            }
            Thread.sleep(SLOT_PAUSE.toMillis());
            opened = SlotStream.open(config, from);
        }
        return opened;
    }

    private void read(SlotStream open, PublishedTables published, PostgresSourceFetchTaskContext context)
            throws SQLException, IOException, InterruptedException {
        BoundedQueue queue = new BoundedQueue(context.getQueue());
        PgOutput output = new PgOutput(
                context.getDbzConnectorConfig(),
                context.getDatabaseSchema(),
                context.getConnection(),
                ConnectJson.of(context.getDbzConnectorConfig()),
                numbers,
                queue::add);
        queue.add(StreamedChange.begin());
        long told = output.commit();
        Rest rest = new Rest(config.poll());
        while (running) {
            published.requireAll();
            ByteBuffer message = open.poll();
            if (message != null) {
                output.read(message, open.position());
                rest.end();
            } else if (told != output.commit()) {
                told = output.commit();
                queue.add(StreamedChange.commit(told));
            } else {
                Thread.sleep(rest.millis());
            }
        }
    }

    /** Lets Postgres forget its log up to a position; one that lies behind another is passed over. */
    void confirm(Lsn position) {
        KeepAlive alive = keepAlive;
        if (alive != null && position.isValid() && position.asLong() > confirmed) {
            confirmed = position.asLong();
            alive.confirm(position.asLogSequenceNumber());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public SourceSplitBase getSplit() {
        return split;
    }

    /** The reader may wait for the server, or for room in a queue that nobody empties any more. */
    @Override
    public void close() {
        running = false;
        Thread waiting = reader;
        if (waiting != null) {
            waiting.interrupt();
        }
        SlotStream open = stream;
        if (open != null) {
            abort(open);
        }
    }

    private static void abort(SlotStream open) {
        try {
            open.abort();
        } catch (SQLException e) {
            LOG.debug("the stream's connection did not end", e);
        }
    }
}
