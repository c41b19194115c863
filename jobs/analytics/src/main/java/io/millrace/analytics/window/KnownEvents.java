package io.millrace.analytics.window;

import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.EventIdSerializer;
import io.millrace.analytics.event.Stamp;
import java.util.Iterator;
import java.util.function.LongPredicate;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/** The names of a key's events that were counted, each with the beginning of its slice. */
public final class KnownEvents {

    /** What is left if nothing is. */
    public static final long NONE = Long.MAX_VALUE;

    private final MapState<EventId, Long> known;

    private KnownEvents(MapState<EventId, Long> known) {
        this.known = known;
    }

    public static KnownEvents of(KeyedStateStore state) {
        return new KnownEvents(
                state.getMapState(new MapStateDescriptor<>("known-events", EventIdSerializer.TYPE, Types.LONG)));
    }

    /** Tells whether an event was counted; one without a name never was. */
    public boolean has(Stamp stamp) throws Exception {
        EventId id = stamp.id();
        return id != null && known.contains(id);
    }

    public void remember(Stamp stamp, long slice) throws Exception {
        EventId id = stamp.id();
        if (id != null) {
            known.put(id, slice);
        }
    }

    /** Forgets those of some slices, and returns the oldest slice that is left. */
    public long forget(LongPredicate isOver) throws Exception {
        return removeIf(known, known.values().iterator(), isOver);
    }

    /**
     * Returns the oldest start that is left. On the heap, a map that was emptied entry by entry would stay as an empty
     * one.
     */
    static long removeIf(MapState<?, ?> state, Iterator<Long> starts, LongPredicate isOver) throws Exception {
        long oldest = NONE;
        while (starts.hasNext()) {
            long start = starts.next();
            if (isOver.test(start)) {
                starts.remove();
            } else {
                oldest = Math.min(oldest, start);
            }
        }
        if (oldest == NONE) {
            state.clear();
        }
        return oldest;
    }
}
