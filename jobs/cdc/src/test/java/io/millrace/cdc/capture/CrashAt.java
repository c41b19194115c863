package io.millrace.cdc.capture;

import io.millrace.common.event.RowChange;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;

/** Fails the job a number of times, each after so many changes: often in the middle of a transaction. */
final class CrashAt implements MapFunction<RowChange, RowChange> {

    private static final long serialVersionUID = 1L;

    /** Counts what has happened in this JVM, whose mini cluster restarts the function from its serialized form. */
    static final AtomicInteger CRASHES = new AtomicInteger();

    private final int most;
    private final int everyChanges;
    private final boolean inSnapshot;
    private int seen;

    CrashAt(int most, int everyChanges) {
        this(most, everyChanges, false);
    }

    private CrashAt(int most, int everyChanges, boolean inSnapshot) {
        this.most = most;
        this.everyChanges = everyChanges;
        this.inSnapshot = inSnapshot;
    }

    /** Counts the rows of the snapshot as well. */
    static CrashAt anywhere(int most, int everyChanges) {
        return new CrashAt(most, everyChanges, true);
    }

    @Override
    public RowChange map(RowChange change) {
        if ((inSnapshot || !change.source().snapshot()) && ++seen >= everyChanges && crashes()) {
            throw new IllegalStateException("a crash, by the test");
        }
        return change;
    }

    /** Counts one more if there is one left, whatever the other subtasks do meanwhile. */
    private boolean crashes() {
        return CRASHES.getAndUpdate(crashes -> Math.min(crashes + 1, most)) < most;
    }
}
