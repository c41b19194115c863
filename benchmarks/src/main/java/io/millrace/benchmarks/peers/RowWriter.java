package io.millrace.benchmarks.peers;

import com.fasterxml.jackson.databind.JsonNode;

/** Writes rows to one target; belongs to one thread. */
interface RowWriter {

    /** Takes one row, and writes when a batch is full. */
    void write(long id, JsonNode row) throws Exception;

    /** Returns when everything that was taken is written. */
    void flush() throws Exception;

    /** Told between two polls, for whoever has to write after a while. */
    default void tick() throws Exception {}
}
