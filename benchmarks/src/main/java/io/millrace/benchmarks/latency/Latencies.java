package io.millrace.benchmarks.latency;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** The latencies of one place where rows arrive. */
public final class Latencies {

    private static final long HIGHEST_NANOS = 600_000_000_000L;
    private static final int DIGITS = 3;
    private static final double NANOS_A_MILLI = 1e6;

    private final Histogram histogram = new Histogram(HIGHEST_NANOS, DIGITS);

    /** Takes the latency of one row in nanoseconds. */
    public synchronized void record(long nanos) {
        histogram.recordValue(Math.min(HIGHEST_NANOS, Math.max(0, nanos)));
    }

    /** Returns how many rows have arrived. */
    public synchronized long count() {
        return histogram.getTotalCount();
    }

    /** Returns a percentile, such as 99.9, in milliseconds. */
    public synchronized double millis(double percentile) {
        return histogram.getValueAtPercentile(percentile) / NANOS_A_MILLI;
    }

    @Override
    public synchronized String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.0f ms, p99 %.0f ms, p99.9 %.0f ms, max %.0f ms of %d rows",
                millis(50),
                millis(99),
                millis(99.9),
                millis(100),
                histogram.getTotalCount());
    }
}
