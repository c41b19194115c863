package io.millrace.benchmarks.peers;

import java.util.function.LongConsumer;

/** What runs in a child JVM. */
interface Peer {

    /** Does everything that no clock should see: connects, and writes down canned requests. */
    void prepare(Settings settings) throws Exception;

    /**
     * Does the work; returns at its end, or never.
     *
     * @param progress told how many records are done, for who has no target that could be asked
     */
    void run(LongConsumer progress) throws Exception;
}
