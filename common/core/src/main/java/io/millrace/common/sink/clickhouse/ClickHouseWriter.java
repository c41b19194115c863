package io.millrace.common.sink.clickhouse;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.RefusedChanges;
import io.millrace.common.metrics.TargetMetrics;
import io.millrace.common.sink.clickhouse.ClickHouseConfig.Batching;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.IOUtils;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Gathers batches, table by table; other threads make rows of them and carry them. A checkpoint waits until all are
 * done, so that the writer has no state.
 */
final class ClickHouseWriter implements SinkWriter<RowChange> {

    private final Batching batching;
    private final Map<String, ClickHouseRoute> routes = new HashMap<>();
    private final Inserts inserts;
    private final RefusedChanges refusedChanges;
    private final TargetMetrics metrics;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService time;
    private final ExecutorService carriers;
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
     * @param carriers as many threads as batches may be in flight
     * @param closed counted down first of all at the end, so that nobody waits for ClickHouse any longer
     * @param resources closed last, in this order
     */
    ClickHouseWriter(
            ClickHouseConfig config,
            Inserts inserts,
            RefusedChanges refusedChanges,
            TargetMetrics metrics,
            MailboxExecutor mailbox,
            ProcessingTimeService time,
            ExecutorService carriers,
            CountDownLatch closed,
            List<AutoCloseable> resources) {
        this.batching = config.batching();
        config.routes().forEach(route -> routes.put(route.table(), route));
        this.inserts = inserts;
        this.refusedChanges = refusedChanges;
        this.metrics = metrics;
        this.mailbox = mailbox;
        this.time = time;
        this.carriers = carriers;
        this.closed = closed;
        this.resources = resources;
    }

    @Override
    public void write(RowChange change, Context context) throws IOException, InterruptedException {
        if (change.isSweep()) {
            flush(false);
            ClickHouseRoute route = route(change.table());
            submit(() -> {
                inserts.sweep(route, change.version());
                return () -> {};
            });
            return;
        }
        Batch batch = batches.computeIfAbsent(change.table(), table -> new Batch());
        batch.changes.add(change);
        batch.bytes += Inserts.size(change);
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

    private ClickHouseRoute route(String table) {
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
        ClickHouseRoute route = route(table);
        submit(() -> {
            Inserts.Outcome outcome = inserts.carry(route, batch.changes);
            return () -> settle(outcome);
        });
    }

    private void settle(Inserts.Outcome outcome) throws IOException {
        outcome.written().forEach(metrics::written);
        if (outcome.retried() > 0) {
            metrics.retried(outcome.retried());
        }
        refusedChanges.accept(outcome.refused());
    }

    /** Waits for a free carrier, while the task does what else there is to do. */
    private void submit(Work work) throws InterruptedException {
        while (inFlight >= batching.maxInFlight()) {
            mailbox.yield();
        }
        inFlight++;
        carriers.execute(() -> {
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
            mailbox.execute(action, "settle a batch of rows for ClickHouse");
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
        carriers.shutdownNow();
        try (RefusedChanges letters = refusedChanges) {
            IOUtils.closeAll(resources);
        }
    }
}
