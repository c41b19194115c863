package io.millrace.benchmarks.latency;

/** Watches one place where rows arrive, on a thread of its own, until it is closed. */
public interface Watch extends AutoCloseable {

    /** Returns the place, such as {@code redis}. */
    String place();

    /** Returns how many rows it waits for. */
    long expected();

    /** Returns what it has seen, from the time at which each row was due. */
    Latencies latencies();

    /** Returns the same from the time at which each row was committed. */
    Latencies afterCommit();

    /** Fails if it could not go on. */
    void requireHealthy();

    @Override
    void close();
}
