package io.millrace.common.source.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.postgresql.replication.LogSequenceNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the server how far a stream is read, also while its reader waits for slow targets. A thread of its own, because
 * a write may have to wait for a message of which only a part has come.
 */
final class KeepAlive implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeepAlive.class);

    /** Far below {@code wal_sender_timeout}, which is 60 s unless somebody changed it. */
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    /** What comes after the end is not told. */
    private final ScheduledExecutorService thread =
            new ScheduledThreadPoolExecutor(1, KeepAlive::thread, new ThreadPoolExecutor.DiscardPolicy());

    private final SlotStream stream;

    private KeepAlive(SlotStream stream) {
        this.stream = stream;
    }

    static KeepAlive start(SlotStream stream) {
        KeepAlive alive = new KeepAlive(stream);
        ScheduledFuture<?> unused = alive.thread.scheduleWithFixedDelay(
                alive::say, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return alive;
    }

    /** Lets the server forget its log up to a position, soon. */
    void confirm(LogSequenceNumber position) {
        stream.confirm(position);
        thread.execute(this::say);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "postgres-keep-alive");
        thread.setDaemon(true);
        return thread;
    }

    /** Never throws: a connection that is gone is noticed by the reader. */
    private void say() {
        try {
            stream.tell();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("the server was not told that its stream is read", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
