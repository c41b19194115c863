package io.millrace.cdc.capture;

import io.millrace.common.event.RowChange;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;

/** Fails the job a number of times, each after so many changes of the stream: often in the middle of a transaction. */
final class CrashAt implements MapFunction<RowChange, RowChange> {

    private static final long serialVersionUID = 1L;

    /** Counts what has happened in this JVM, whose mini cluster restarts the function from its serialized form. */
    static final AtomicInteger CRASHES = new AtomicInteger();

    private final int most;
    private final int everyChanges;
    private int seen;

    CrashAt(int most, int everyChanges) {
        this.most = most;
        this.everyChanges = everyChanges;
    }

    @Override
    public RowChange map(RowChange change) {
        if (!change.source().snapshot() && ++seen >= everyChanges && CRASHES.get() < most) {
            CRASHES.incrementAndGet();
            throw new IllegalStateException("crash number " + CRASHES.get() + ", by the test");
        }
        return change;
    }
}
