package io.millrace.analytics.window;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is counted of the events of a key in a slice of time, or in a window of slices. Mutable. Whatever is counted must
 * not depend on the order of events and merges.
 *
 * @param <E> the events
 * @param <T> the tally itself
 */
public abstract class Tally<E, T extends Tally<E, T>> {

    private long events;
    private long late;

    /** Counts an event. */
    protected abstract void count(E event);

    /** Counts everything that another tally has; that one stays as it is. */
    protected abstract void countAll(T other);

    final void add(E event, boolean isLate) {
        count(event);
        events++;
        late += isLate ? 1 : 0;
    }

    final void merge(T other) {
        countAll(other);
        Tally<E, T> counts = other;
        events += counts.events;
        late += counts.late;
    }

    /** Returns how many distinct events were counted. */
    public final long events() {
        return events;
    }

    /** Returns how many of them came after the end of their slice. */
    public final long late() {
        return late;
    }

    /** Writes the two numbers that every tally has. */
    protected final void writeCounts(DataOutputView out) throws IOException {
        out.writeLong(events);
        out.writeLong(late);
    }

    /** Reads what {@link #writeCounts} wrote. */
    protected final void readCounts(DataInputView in) throws IOException {
        events = in.readLong();
        late = in.readLong();
    }

    /** Takes over the two numbers of another tally. */
    protected final void copyCounts(Tally<?, ?> other) {
        events = other.events;
        late = other.late;
    }
}
