package io.millrace.audit.watch;

import io.millrace.archive.verify.SealedEnd;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * What is known of the archive. To Flink it is the one split of a source, which keeps it in checkpoints.
 *
 * @param wholeAt when the last look began that read everything, in epoch milliseconds; 0 if there was none
 * @param ends through where each partition is proven
 * @param wrong what is wrong, at most {@link #MOST}
 */
record Watched(long wholeAt, SortedMap<Integer, SealedEnd> ends, SortedMap<Place, Sighting> wrong)
        implements SourceSplit {

    static final int MOST = 1_000;

    static final Watched NOTHING = new Watched(0, new TreeMap<>(), new TreeMap<>());

    /**
     * Since when something is wrong.
     *
     * @param since epoch milliseconds
     * @param told whether somebody was told
     */
    record Sighting(long since, boolean told) {}

    Watched {
        ends = Collections.unmodifiableSortedMap(new TreeMap<>(ends));
        wrong = Collections.unmodifiableSortedMap(new TreeMap<>(wrong));
    }

    /** Returns what is to be looked at now. */
    Pass next(long now, Duration againEvery) {
        boolean isAnew = now - wholeAt >= againEvery.toMillis();
        LocalDate from = ends.values().stream()
                .map(end -> end.day().plusDays(1))
                .min(LocalDate::compareTo)
                .filter(day -> !isAnew)
                .orElse(null);
        return new Pass(now, from, isAnew, ends);
    }

    /** Returns how many days are proven, those of each partition by themselves. */
    long daysProven() {
        return ends.values().stream().mapToLong(end -> end.sequence() + 1).sum();
    }

    /** Returns how much is wrong of which somebody was told. */
    long told() {
        return wrong.values().stream().filter(Sighting::told).count();
    }

    @Override
    public String splitId() {
        return "archive";
    }
}
