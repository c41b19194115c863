package io.millrace.common.source.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the server that a stream is read, also while its reader waits for slow targets. */
final class KeepAlive implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeepAlive.class);

    /** Far below {@code wal_sender_timeout}, which is 60 s unless somebody changed it. */
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(KeepAlive::thread);

    private KeepAlive() {}

    static KeepAlive start(SlotStream stream) {
        KeepAlive alive = new KeepAlive();
        ScheduledFuture<?> unused = alive.thread.scheduleWithFixedDelay(
                () -> say(stream), INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return alive;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "postgres-keep-alive");
        thread.setDaemon(true);
        return thread;
    }

    /** Never throws: a connection that is gone is noticed by the reader. */
    private static void say(SlotStream stream) {
        try {
            stream.sayAlive();
        } catch (SQLException e) {
            LOG.debug("the server was not told that its stream is read", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
