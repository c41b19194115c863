package io.millrace.common.sink.redis;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;

/**
 * Keeps writes of one key with one version in the order in which they were first submitted. Redis takes an equal
 * version again, so a repeated write would overwrite what came after it; different versions it orders by itself.
 *
 * <p>Remembers a write until it is done, so no more than the writer has in flight and waiting for a repeat. For one
 * thread.
 */
final class WriteOrder {

    static final Comparator<RedisEntry> BY_SUBMISSION =
            Comparator.comparingLong(entry -> entry.order() == RedisEntry.NEW ? Long.MAX_VALUE : entry.order());

    /** Whether a write may be sent. */
    enum Turn {
        NOW,
        /** A later one has no answer yet; if that is refused, this one still counts. */
        LATER,
        /** A later one was applied. */
        NEVER
    }

    private record Place(String key, long version) {

        /** What the compiler would make costs a chain of method handles for each write. */
        @Override
        public int hashCode() {
            return 31 * key.hashCode() + Long.hashCode(version);
        }
    }

    /** The writes of one place that are not done; each by its order, with whether it is in flight. */
    private static final class Open {
        private final NavigableMap<Long, Boolean> writes = new TreeMap<>();
        private long applied = RedisEntry.NEW;
    }

    private final Map<Place, Open> places = new HashMap<>();
    private long submitted;

    /** Decides about a write that is about to be sent; with {@link Turn#NOW} it counts as in flight. */
    Turn next(RedisEntry entry, VersionedWrite write) {
        if (entry.order() == RedisEntry.NEW) {
            entry.submittedAs(++submitted);
        }
        Place place = new Place(write.key(), write.version());
        Open open = places.computeIfAbsent(place, unknown -> new Open());
        Turn turn = turn(open, entry.order());
        if (turn == Turn.NEVER) {
            forget(place, open, entry.order());
        } else {
            open.writes.put(entry.order(), turn == Turn.NOW);
        }
        return turn;
    }

    private static Turn turn(Open open, long order) {
        if (open.applied > order) {
            return Turn.NEVER;
        }
        boolean laterInFlight = open.writes.tailMap(order, false).containsValue(true);
        return laterInFlight ? Turn.LATER : Turn.NOW;
    }

    /** Notes that a write is applied, stale or refused. */
    void done(RedisEntry entry, VersionedWrite write, boolean applied) {
        Place place = new Place(write.key(), write.version());
        Open open = places.get(place);
        if (open != null) {
            open.applied = applied ? Math.max(open.applied, entry.order()) : open.applied;
            forget(place, open, entry.order());
        }
    }

    /** Notes that a write waits for its repeat. */
    void failed(RedisEntry entry, VersionedWrite write) {
        Open open = places.get(new Place(write.key(), write.version()));
        if (open != null) {
            open.writes.replace(entry.order(), false);
        }
    }

    private void forget(Place place, Open open, long order) {
        open.writes.remove(order);
        if (open.writes.isEmpty()) {
            places.remove(place);
        }
    }

    /** Returns what of a buffer has still to be written, in order: repeats first, then what was never submitted. */
    List<RequestEntryWrapper<RedisEntry>> stillToWrite(List<RequestEntryWrapper<RedisEntry>> buffered) {
        return buffered.stream()
                .filter(wrapped -> !isSuperseded(wrapped.getRequestEntry()))
                .sorted(Comparator.comparing(RequestEntryWrapper::getRequestEntry, BY_SUBMISSION))
                .toList();
    }

    private boolean isSuperseded(RedisEntry entry) {
        VersionedWrite write = entry.write();
        Open open = write == null ? null : places.get(new Place(write.key(), write.version()));
        return open != null && entry.order() != RedisEntry.NEW && open.applied > entry.order();
    }

    /** Returns how many keys are remembered. */
    int size() {
        return places.size();
    }
}
