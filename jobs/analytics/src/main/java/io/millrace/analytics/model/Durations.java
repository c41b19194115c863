package io.millrace.analytics.model;

import java.io.IOException;
import java.util.Arrays;
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

    private static final int FIRST_ROOM = 16;

    /** Beginnings of buckets, ascending. */
    private long[] buckets = new long[FIRST_ROOM];

    private long[] counts = new long[FIRST_ROOM];
    private int size;

    void add(long micros) {
        add(bucket(micros), 1);
    }

    void addAll(Durations other) {
        if (size == 0) {
            buckets = other.buckets.clone();
            counts = other.counts.clone();
            size = other.size;
            return;
        }
        for (int i = 0; i < other.size; i++) {
            add(other.buckets[i], other.counts[i]);
        }
    }

    private void add(long bucket, long count) {
        int place = Arrays.binarySearch(buckets, 0, size, bucket);
        if (place >= 0) {
            counts[place] += count;
        } else {
            insert(-place - 1, bucket, count);
        }
    }

    private void insert(int place, long bucket, long count) {
        if (size == buckets.length) {
            buckets = Arrays.copyOf(buckets, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        System.arraycopy(buckets, place, buckets, place + 1, size - place);
        System.arraycopy(counts, place, counts, place + 1, size - place);
        buckets[place] = bucket;
        counts[place] = count;
        size++;
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
    private static long middle(long bucket) {
        return bucket + (1L << dropped(bucket) >> 1);
    }

    /**
     * Returns the duration, in milliseconds, that so many of all are not above, by the nearest rank; 0 if there is none.
     *
     * @param perMille 500 for the median
     */
    double percentile(int perMille) {
        long all = 0;
        for (int i = 0; i < size; i++) {
            all += counts[i];
        }
        long rank = Math.max(1, (all * perMille + 999) / 1_000);
        long seen = 0;
        for (int i = 0; i < size; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return middle(buckets[i]) / 1_000.0;
            }
        }
        return 0;
    }

    /** Returns each bucket's duration, in microseconds and ascending. */
    long[] micros() {
        long[] micros = new long[size];
        for (int i = 0; i < size; i++) {
            micros[i] = middle(buckets[i]);
        }
        return micros;
    }

    /** Returns how often each bucket's duration occurred, in the same order. */
    long[] counts() {
        return Arrays.copyOf(counts, size);
    }

    void writeTo(DataOutputView out) throws IOException {
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            out.writeLong(buckets[i]);
            out.writeLong(counts[i]);
        }
    }

    static Durations readFrom(DataInputView in) throws IOException {
        Durations durations = new Durations();
        for (int left = in.readInt(); left > 0; left--) {
            durations.add(in.readLong(), in.readLong());
        }
        return durations;
    }
}
