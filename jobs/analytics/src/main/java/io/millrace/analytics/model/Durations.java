package io.millrace.analytics.model;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How often durations occurred, in buckets that are as wide as 1/64 to 1/128 of what they hold, so that the middle of one
 * is at most 0.8 % away from any duration in it; below 128 µs a bucket is one microsecond. Counts of the same bucket add
 * up: whatever the order and the merges, the same durations make the same buckets, and so the same percentiles, which no
 * sketch that draws samples can say of itself.
 *
 * @see <a href="https://github.com/HdrHistogram/HdrHistogram">HdrHistogram, which has such buckets</a>
 */
final class Durations {

    /** A bucket holds numbers that are the same in this many of their first bits. */
    private static final int BITS = 7;

    private final TreeMap<Long, Long> counts = new TreeMap<>();

    void add(long micros) {
        counts.merge(bucket(micros), 1L, Long::sum);
    }

    void addAll(Durations other) {
        other.counts.forEach((bucket, count) -> counts.merge(bucket, count, Long::sum));
    }

    /** Returns the beginning of a duration's bucket. */
    private static long bucket(long micros) {
        int dropped = dropped(micros);
        return micros >> dropped << dropped;
    }

    private static int dropped(long micros) {
        return Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(micros) - BITS);
    }

    /** Returns what stands for all durations of a bucket: its middle. */
    private static double millis(long bucket) {
        return (bucket + (1L << dropped(bucket) >> 1)) / 1_000.0;
    }

    /**
     * Returns the duration, in milliseconds, that so many of all are not above, by the nearest rank; 0 if there is none.
     *
     * @param perMille 500 for the median
     */
    double percentile(int perMille) {
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        long rank = Math.max(1, (all * perMille + 999) / 1_000);
        long seen = 0;
        for (Map.Entry<Long, Long> bucket : counts.entrySet()) {
            seen += bucket.getValue();
            if (seen >= rank) {
                return millis(bucket.getKey());
            }
        }
        return 0;
    }

    /** Tells each bucket's duration, in milliseconds and ascending, and how often it occurred. */
    void forEach(BiConsumer<Double, Long> bucket) {
        counts.forEach((begin, count) -> bucket.accept(millis(begin), count));
    }

    void writeTo(DataOutputView out) throws IOException {
        out.writeInt(counts.size());
        for (Map.Entry<Long, Long> bucket : counts.entrySet()) {
            out.writeLong(bucket.getKey());
            out.writeLong(bucket.getValue());
        }
    }

    static Durations readFrom(DataInputView in) throws IOException {
        Durations durations = new Durations();
        for (int left = in.readInt(); left > 0; left--) {
            durations.counts.put(in.readLong(), in.readLong());
        }
        return durations;
    }
}
