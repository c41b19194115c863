package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.workload.Checksum;

/** Where rows go. */
interface Target extends AutoCloseable {

    /** Empties it, as a user would prepare it before the first row. */
    void clear() throws Exception;

    /** Returns how many records it holds, quickly. */
    long count() throws Exception;

    /** Returns the checksum of all rows that it holds, read the way a user reads them. */
    Checksum checksum() throws Exception;

    @Override
    void close();
}
