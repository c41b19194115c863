package io.millrace.analytics.experiment;

import io.millrace.analytics.model.StateForm;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The experiments that a user takes part in: what hours that count no more have left, and the hours that still count.
 * What follows from the hours is found anew each time, so that it does not depend on the order of events. Mutable.
 */
final class Journey {

    /** When nothing is to be cleaned up. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int FORM = 1;

    private final TreeMap<String, Participation> settled = new TreeMap<>();
    private final TreeMap<Long, UserHour> hours = new TreeMap<>();
    private long cleanUp = NEVER;

    void add(long hour, UserStep step) {
        hours.computeIfAbsent(hour, unknown -> new UserHour()).add(step);
    }

    boolean isEmpty() {
        return settled.isEmpty() && hours.isEmpty();
    }

    /**
     * Returns what the user adds to each experiment in each hour that counts.
     *
     * @param remembered for how long after the last hour in which one was shown, in milliseconds, the part in an
     *     experiment is known; whoever comes back later comes anew
     */
    SortedMap<Long, Map<String, Variants>> counts(long remembered) {
        TreeMap<String, Participation> parts = new TreeMap<>(settled);
        SortedMap<Long, Map<String, Variants>> counts = new TreeMap<>();
        hours.forEach((start, hour) -> counts.put(start, play(start, hour, parts, remembered)));
        return counts;
    }

    private static Map<String, Variants> play(
            long start, UserHour hour, Map<String, Participation> parts, long remembered) {
        NavigableSet<String> experiments = hour.experiments();
        if (hour.hasPurchases()) {
            experiments.addAll(parts.keySet());
        }
        Map<String, Variants> counts = new TreeMap<>();
        for (String experiment : experiments) {
            Participation known = parts.get(experiment);
            Participation before = known == null || known.lastHour() + remembered < start ? null : known;
            Participation after = hour.after(start, experiment, before);
            if (after != null) {
                Variants own = hour.counts(experiment, before, after);
                if (!own.isNothing()) {
                    counts.put(experiment, own);
                }
                parts.put(experiment, after);
            }
        }
        return counts;
    }

    /** Settles what counts no more: hours that begin before a time. */
    void settle(long before, long remembered) {
        SortedMap<Long, UserHour> over = hours.headMap(before);
        over.forEach((start, hour) -> play(start, hour, settled, remembered));
        over.clear();
    }

    /** Forgets parts of which the last hour began before a time. */
    void forget(long before) {
        settled.values().removeIf(part -> part.lastHour() < before);
    }

    /** Returns the beginning of the first hour that a part was last taken in; {@link #NEVER} if there is no part. */
    long oldest() {
        return settled.values().stream()
                .mapToLong(Participation::lastHour)
                .min()
                .orElse(NEVER);
    }

    /** Returns for when a timer is set that forgets; {@link #NEVER} for none. */
    long cleanUp() {
        return cleanUp;
    }

    void cleanUpAt(long time) {
        cleanUp = time;
    }

    Journey copy() {
        Journey copy = new Journey();
        copy.settled.putAll(settled);
        hours.forEach((start, hour) -> copy.hours.put(start, hour.copy()));
        copy.cleanUp = cleanUp;
        return copy;
    }

    void writeTo(DataOutputView out) throws IOException {
        StateForm.write(FORM, out);
        out.writeLong(cleanUp);
        out.writeInt(settled.size());
        for (Map.Entry<String, Participation> part : settled.entrySet()) {
            out.writeUTF(part.getKey());
            part.getValue().writeTo(out);
        }
        out.writeInt(hours.size());
        for (Map.Entry<Long, UserHour> hour : hours.entrySet()) {
            out.writeLong(hour.getKey());
            hour.getValue().writeTo(out);
        }
    }

    static Journey readFrom(DataInputView in) throws IOException {
        StateForm.read(FORM, in);
        Journey journey = new Journey();
        journey.cleanUp = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            journey.settled.put(in.readUTF(), Participation.readFrom(in));
        }
        for (int left = in.readInt(); left > 0; left--) {
            journey.hours.put(in.readLong(), UserHour.readFrom(in));
        }
        return journey;
    }
}
