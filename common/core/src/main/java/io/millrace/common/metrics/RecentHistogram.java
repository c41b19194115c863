package io.millrace.common.metrics;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogramStatistics;

/** A distribution over the values of the last 30 seconds, of the latest 1,024 if there are more. Safe for many threads. */
final class RecentHistogram implements Histogram {

    private static final long AGE_MILLIS = 30_000;
    private static final int MOST = 1024;

    private final LongSupplier clock;
    private final long[] values = new long[MOST];
    private final long[] times = new long[MOST];
    private long count;

    /**
     * Makes an empty one.
     *
     * @param clock epoch milliseconds now
     */
    RecentHistogram(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void update(long value) {
        int place = (int) (count % MOST);
        values[place] = value;
        times[place] = clock.getAsLong();
        count++;
    }

    /** Returns how many values there ever were. */
    @Override
    public synchronized long getCount() {
        return count;
    }

    @Override
    public HistogramStatistics getStatistics() {
        return new DescriptiveStatisticsHistogramStatistics(recent());
    }

    private synchronized double[] recent() {
        long oldest = clock.getAsLong() - AGE_MILLIS;
        double[] recent = new double[(int) Math.min(count, MOST)];
        int size = 0;
        for (int i = 0; i < recent.length; i++) {
            if (times[i] > oldest) {
                recent[size++] = values[i];
            }
        }
        return Arrays.copyOf(recent, size);
    }
}
