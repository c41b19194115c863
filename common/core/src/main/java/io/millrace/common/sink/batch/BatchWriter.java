package io.millrace.common.sink.batch;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.RefusedChanges;
import io.millrace.common.metrics.TargetMetrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.IOUtils;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Gathers batches, table by table; other threads make rows of them and carry them. A checkpoint waits until all are
 * done, so that the writer has no state.
 *
 * @param <R> what a target is told about a table
 */
public final class BatchWriter<R> implements SinkWriter<RowChange> {

    private final Batching batching;
    private final Map<String, R> routes;
    private final Carrier<R> carrier;
    private final RefusedChanges refusedChanges;
    private final TargetMetrics metrics;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService time;
    private final ExecutorService threads;
    private final CountDownLatch closed;
    private final List<AutoCloseable> resources;
    private final Map<String, Batch> batches = new HashMap<>();
    private int inFlight;
    private boolean timed;

    private static final class Batch {
        private final List<RowChange> changes = new ArrayList<>();
        private long bytes;
    }

    /** Something to do in another thread, whose result is dealt with in the task's. */
    private interface Work {
        ThrowingRunnable<IOException> run() throws IOException, InterruptedException;
    }

    /**
     * Takes over what it is given.
     *
     * @param name of the threads that carry
     * @param routes by the table's name
     * @param closed counted down first of all at the end, so that nobody waits for the target any longer
     * @param resources closed last, in this order
     */
    public BatchWriter(
            String name,
            Batching batching,
            Map<String, R> routes,
            Carrier<R> carrier,
            RefusedChanges refusedChanges,
            TargetMetrics metrics,
            WriterInitContext context,
            CountDownLatch closed,
            List<AutoCloseable> resources) {
        this.batching = batching;
        this.routes = Map.copyOf(routes);
        this.carrier = carrier;
        this.refusedChanges = refusedChanges;
        this.metrics = metrics;
        this.mailbox = context.getMailboxExecutor();
        this.time = context.getProcessingTimeService();
        this.threads = threads(name, batching.maxInFlight());
        this.closed = closed;
        this.resources = resources;
    }

    private static ExecutorService threads(String name, int count) {
        return Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void write(RowChange change, Context context) throws IOException, InterruptedException {
        if (change.isSweep()) {
            flush(false);
            R route = route(change.table());
            submit(() -> {
                carrier.sweep(route, change.version());
                return () -> {};
            });
            return;
        }
        Batch batch = batches.computeIfAbsent(change.table(), table -> new Batch());
        batch.changes.add(change);
        batch.bytes += size(change);
        if (batch.changes.size() >= batching.maxRows() || batch.bytes >= batching.maxBytes()) {
            send(change.table());
        } else if (!timed) {
            timed = true;
            var unused = time.registerTimer(
                    time.getCurrentProcessingTime() + batching.interval().toMillis(), now -> {
                        timed = false;
                        sendAll();
                    });
        }
    }

    /** Returns how much of a batch a change takes: the bytes of its JSON. */
    public static long size(RowChange change) {
        byte[] after = change.after();
        return after == null ? change.key().length : after.length;
    }

    private R route(String table) {
        return Objects.requireNonNull(routes.get(table), table);
    }

    private void sendAll() throws IOException, InterruptedException {
        for (String table : List.copyOf(batches.keySet())) {
            send(table);
        }
    }

    private void send(String table) throws IOException, InterruptedException {
        Batch batch = batches.remove(table);
        if (batch == null) {
            return;
        }
        R route = route(table);
        submit(() -> {
            Outcome outcome = carrier.carry(route, batch.changes);
            return () -> settle(outcome);
        });
    }

    private void settle(Outcome outcome) throws IOException {
        outcome.written().forEach(metrics::written);
        outcome.stale().forEach(metrics::stale);
        if (outcome.retried() > 0) {
            metrics.retried(outcome.retried());
        }
        refusedChanges.accept(outcome.refused());
    }

    /** Waits for a free thread, while the task does what else there is to do. */
    private void submit(Work work) throws InterruptedException {
        while (inFlight >= batching.maxInFlight()) {
            mailbox.yield();
        }
        inFlight++;
        threads.execute(() -> {
            try {
                ThrowingRunnable<IOException> result = work.run();
                inTaskThread(() -> {
                    inFlight--;
                    result.run();
                });
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Throwable e) {
                inTaskThread(() -> ExceptionUtils.rethrowException(e));
            }
        });
    }

    private void inTaskThread(ThrowingRunnable<? extends Exception> action) {
        try {
            mailbox.execute(action, "settle a batch of rows");
        } catch (RejectedExecutionException e) {
            // The task is over, and with it everything that its last checkpoint does not cover.
            return;
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        sendAll();
        while (inFlight > 0) {
            mailbox.yield();
        }
    }

    @Override
    public void close() throws Exception {
        closed.countDown();
        threads.shutdownNow();
        try (RefusedChanges letters = refusedChanges) {
            IOUtils.closeAll(resources);
        }
    }
}
