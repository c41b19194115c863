package io.millrace.benchmarks.latency;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A watch that looks again and again. */
final class LoopWatch implements Watch {

    private static final long JOIN_MILLIS = 10_000;

    private final String place;
    private final long expected;
    private final Commits commits;
    private final Latencies latencies = new Latencies();
    private final Latencies afterCommit = new Latencies();
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Exception failure;

    /** One look. */
    interface Look {

        /** Tells the tick of each row that has arrived, as soon as it sees it; may wait for a moment. */
        void at(IntConsumer arrived) throws Exception;

        /** Lets go of the connection. */
        void end() throws Exception;
    }

    LoopWatch(String place, long expected, Commits commits, Look look) {
        this.place = place;
        this.expected = expected;
        this.commits = commits;
        thread = new Thread(() -> loop(look), "watch-" + place);
        thread.setDaemon(true);
        thread.start();
    }

    private void loop(Look look) {
        try {
            while (!closed && latencies.count() < expected) {
                look.at(this::arrived);
            }
            look.end();
        } catch (Exception e) {
            failure = e;
        }
    }

    private void arrived(int tick) {
        long now = System.nanoTime();
        afterCommit.record(commits.since(tick, now));
        latencies.record(now - commits.schedule().due(tick));
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public long expected() {
        return expected;
    }

    @Override
    public Latencies latencies() {
        return latencies;
    }

    @Override
    public Latencies afterCommit() {
        return afterCommit;
    }

    @Override
    public void requireHealthy() {
        Exception failed = failure;
        if (failed != null) {
            throw new IllegalStateException(place + " cannot be watched: " + failed, failed);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
