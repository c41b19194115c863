package io.millrace.shop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shop at work: clients that insert, change, delete, move and race, each on its own connections.
 *
 * <p>The seed decides what every client tries; what comes of it depends on who meets whom. Every check compares with
 * Postgres itself, never with what the workload believes to have written.
 */
public final class ShopWorkload implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ShopWorkload.class);
    private static final long DRAIN_SECONDS = 60;

    private final WorkloadCounts counts = new WorkloadCounts();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stopped;

    private ShopWorkload() {}

    /** Starts the clients; the seed is logged. */
    public static ShopWorkload start(ShopDatabase database, WorkloadOptions options) {
        LOG.info("shop workload: {}", options);
        ShopWorkload workload = new ShopWorkload();
        for (int index = 0; index < options.clients(); index++) {
            workload.launch(new ShopClient(database, options, index, () -> workload.stopped, workload.counts), index);
        }
        return workload;
    }

    public WorkloadCounts counts() {
        return counts;
    }

    /**
     * Lets every client finish its transaction, closes their connections, and returns what they did.
     *
     * @throws WorkloadException if a client had failed, or one does not come to an end within a minute
     */
    public WorkloadCounts stop() {
        stopped = true;
        try {
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(DRAIN_SECONDS));
                if (thread.isAlive()) {
                    throw new WorkloadException(
                            thread.getName() + " is still in its transaction " + DRAIN_SECONDS
                                    + " s after it was told to stop; look at pg_stat_activity for what it waits for",
                            new IllegalStateException());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkloadException("interrupted while the shop's clients came to their end", e);
        }
        Throwable failed = failure.get();
        if (failed != null) {
            throw new WorkloadException("the workload failed: " + failed.getMessage(), failed);
        }
        return counts;
    }

    /** Returns whether every client is still at work. */
    public boolean isHealthy() {
        return failure.get() == null;
    }

    @Override
    public void close() {
        stopped = true;
    }

    private void launch(ShopClient client, int index) {
        Thread thread = new Thread(client, "shop-client-" + index);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((unused, e) -> failure.compareAndSet(null, e));
        threads.add(thread);
        thread.start();
    }
}
