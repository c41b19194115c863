package io.millrace.benchmarks.latency;

import org.jspecify.annotations.Nullable;

/** A watch that looks again and again. */
final class LoopWatch implements Watch {

    private static final long JOIN_MILLIS = 10_000;

    private final String place;
    private final long expected;
    private final Latencies latencies;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Exception failure;

    /** One look. */
    interface Look {

        /** Records what has arrived; may wait for a moment. */
        void at(Latencies latencies) throws Exception;

        /** Lets go of the connection. */
        void end() throws Exception;
    }

    LoopWatch(String place, long expected, Look look) {
        this.place = place;
        this.expected = expected;
        latencies = new Latencies();
        thread = new Thread(() -> loop(look), "watch-" + place);
        thread.setDaemon(true);
        thread.start();
    }

    private void loop(Look look) {
        try {
            while (!closed && latencies.count() < expected) {
                look.at(latencies);
            }
            look.end();
        } catch (Exception e) {
            failure = e;
        }
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
