package io.millrace.shop.visitors.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Events in groups, by the beginning of a stretch of time and by something else. */
final class Windows {

    static final long MINUTE = 60_000;
    static final long HOUR = 60 * MINUTE;

    private Windows() {}

    /** Returns the beginning of the stretch that a time is in. */
    static long begin(long time, long size) {
        return time - Math.floorMod(time, size);
    }

    /**
     * Returns the groups of all windows that are over.
     *
     * @param told when the first windows that are not over end, or later
     * @param key of an event's group, without the window
     * @return the groups by their window, and then by their key
     */
    static Map<Long, Map<String, List<Event>>> over(
            List<Event> events, long size, long told, Function<Event, String> key) {
        Map<Long, Map<String, List<Event>>> windows = new TreeMap<>();
        for (Event event : events) {
            long begin = begin(event.time(), size);
            if (begin + size <= told) {
                windows.computeIfAbsent(begin, unseen -> new TreeMap<>())
                        .computeIfAbsent(key.apply(event), unseen -> new ArrayList<>())
                        .add(event);
            }
        }
        return windows;
    }

    /** Returns how many events the job may have read when their slice had ended. */
    static Cell late(List<Event> events, long slice) {
        return Cell.atMost(events.stream()
                .filter(event -> event.mayComeAfter(begin(event.time(), slice) + slice))
                .count());
    }

    /** Returns how many events are in windows that are not over. */
    static long open(List<Event> events, long size, long told) {
        return events.stream()
                .filter(event -> begin(event.time(), size) + size > told)
                .count();
    }
}
