package io.millrace.benchmarks.analytics;

import java.util.random.RandomGenerator;

/** Makes events, and notes what must come of them. */
interface EventKind {

    String topic();

    /** Returns an event of a time. */
    Event make(long time, RandomGenerator random);

    /** Returns an event that counts for nothing which is looked at, after all others. */
    Event closing(long time);
}
