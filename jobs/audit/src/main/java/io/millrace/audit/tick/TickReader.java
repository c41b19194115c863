package io.millrace.audit.tick;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for the partitions in a thread of its own, so that no checkpoint waits for Kafka's answer. */
final class TickReader implements SourceReader<Tick, NoSplit> {

    private static final Logger LOG = LoggerFactory.getLogger(TickReader.class);

    private final Partitions partitions;
    private final NewestRecord newest;
    private final Duration interval;
    private final LongSupplier clock;
    private final Queue<Tick> due = new ArrayDeque<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "audit-ticks");
        made.setDaemon(true);
        return made;
    });
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private boolean silent;

    /**
     * Makes a reader that begins when it is started.
     *
     * @param clock milliseconds since 1970
     */
    TickReader(Partitions partitions, NewestRecord newest, Duration interval, LongSupplier clock) {
        this.partitions = partitions;
        this.newest = newest;
        this.interval = interval;
        this.clock = clock;
    }

    @Override
    public void start() {
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(this::tick, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ticks, if the topic's partitions can be told: of an outage's time no partition can be said to be quiet. */
    void tick() {
        try {
            tickAll(partitions.count(), newest.time());
            silent = false;
        } catch (IOException | RuntimeException e) {
            if (!silent) {
                LOG.warn(
                        "no day of a quiet partition is closed while Kafka does not tell its partitions and its newest"
                                + " record: {}",
                        e.getMessage());
            }
            silent = true;
        }
    }

    private synchronized void tickAll(int count, long newestTime) {
        long now = clock.getAsLong();
        for (int partition = 0; partition < count; partition++) {
            due.add(new Tick(partition, now, newestTime));
        }
        available.complete(null);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Tick> output) {
        Tick next = next();
        if (next != null) {
            output.collect(next);
        }
        return isEmpty() ? InputStatus.NOTHING_AVAILABLE : InputStatus.MORE_AVAILABLE;
    }

    private synchronized @Nullable Tick next() {
        return due.poll();
    }

    private synchronized boolean isEmpty() {
        return due.isEmpty();
    }

    @Override
    public synchronized CompletableFuture<Void> isAvailable() {
        if (due.isEmpty() && available.isDone()) {
            available = new CompletableFuture<>();
        }
        return available;
    }

    @Override
    public List<NoSplit> snapshotState(long checkpoint) {
        return List.of();
    }

    @Override
    public void addSplits(List<NoSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
