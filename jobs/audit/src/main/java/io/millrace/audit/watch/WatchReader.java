package io.millrace.audit.watch;

import io.millrace.common.event.ProducedRecord;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the archive in a thread of its own, for which no checkpoint waits. What follows from a look is drawn in the
 * task's thread: what is known and what was told are in the same checkpoint.
 */
final class WatchReader implements SourceReader<ProducedRecord, Watched> {

    private static final Logger LOG = LoggerFactory.getLogger(WatchReader.class);

    private final WatchOptions options;
    private final Verification verification;
    private final LongSupplier clock;
    private final Alert alert;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "audit-watch");
        made.setDaemon(true);
        return made;
    });
    private final AtomicLong failed = new AtomicLong();
    private volatile Watched watched = Watched.NOTHING;
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private @Nullable Look due;

    /**
     * Makes a reader that begins when it is started.
     *
     * @param clock milliseconds since 1970
     */
    WatchReader(WatchOptions options, Verification verification, LongSupplier clock, MetricGroup group) {
        this.options = options;
        this.verification = verification;
        this.clock = clock;
        this.alert = new Alert(options);
        WatchMetrics.register(group, options.archive().name(), () -> watched, failed::get);
    }

    @Override
    public void start() {
        long pause = options.pace().every().toMillis();
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(this::look, 0, pause, TimeUnit.MILLISECONDS);
    }

    /** Looks, unless nobody has taken yet what the last look came to. */
    void look() {
        if (!isDue()) {
            Look look = look(watched.next(clock.getAsLong(), options.pace().againEvery()));
            failed.set(look.isMade() ? 0 : failed.get() + 1);
            hand(look);
        }
    }

    private Look look(Pass pass) {
        try {
            return verification.look(pass);
        } catch (IOException | RuntimeException | Error e) {
            // nobody else would see it in this thread
            LOG.warn(
                    "the archive could not be verified, and is looked at again in {}",
                    options.pace().every(),
                    e);
            return Look.failed(
                    pass,
                    Wrong.unverified(
                            options.archive().address(), e.getClass().getSimpleName() + ", " + e.getMessage()));
        }
    }

    private synchronized boolean isDue() {
        return due != null;
    }

    private synchronized void hand(Look look) {
        due = look;
        available.complete(null);
    }

    private synchronized @Nullable Look take() {
        Look look = due;
        due = null;
        return look;
    }

    @Override
    public InputStatus pollNext(ReaderOutput<ProducedRecord> output) {
        Look look = take();
        if (look != null) {
            Verdict verdict = Verdict.of(watched, look, options.pace().sureAfter());
            watched = verdict.watched();
            if (!verdict.news().isEmpty()) {
                verdict.news().forEach(wrong -> LOG.error("the archive is not as it was sealed: {}", wrong));
                output.collect(alert.of(verdict.news(), watched));
            }
        }
        return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public synchronized CompletableFuture<Void> isAvailable() {
        if (due == null && available.isDone()) {
            available = new CompletableFuture<>();
        }
        return available;
    }

    @Override
    public List<Watched> snapshotState(long checkpoint) {
        return List.of(watched);
    }

    /** What a checkpoint held; nobody else gives any. */
    @Override
    public void addSplits(List<Watched> splits) {
        watched = splits.get(0);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
