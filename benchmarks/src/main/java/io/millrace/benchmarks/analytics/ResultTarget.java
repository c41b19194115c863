package io.millrace.benchmarks.analytics;

/** Where results go. */
interface ResultTarget {

    /** Empties it, as a user would prepare it before the first result. */
    void clear() throws Exception;

    /** Returns how many events the results account for that it holds, quickly. */
    long events() throws Exception;

    /** Compares every result with what it must be; returns what is wrong, or nothing. */
    String difference() throws Exception;
}
