package io.millrace.benchmarks.latency;

import java.time.Duration;

/**
 * When each row is due: every tick of 10 ms some rows, committed together. Latency counts from that moment, whether or
 * not the row was written in time, so that a stall is seen in full (Gil Tene's coordinated omission).
 *
 * @param start in nanoseconds of {@link System#nanoTime}
 * @param first the lowest id
 * @param rowsOfATick at least 1
 * @param ticks how many
 */
public record Schedule(long start, long first, int rowsOfATick, int ticks) {

    public static final Duration TICK = Duration.ofMillis(10);

    /** Returns a schedule of a rate, rounded up to whole rows a tick. */
    public static Schedule of(long start, long first, double rowsPerSecond, Duration length) {
        int rows = (int) Math.max(1, Math.round(rowsPerSecond * TICK.toMillis() / 1000));
        return new Schedule(start, first, rows, (int) length.dividedBy(TICK));
    }

    /** Returns when a tick is due. */
    public long due(int tick) {
        return start + tick * TICK.toNanos();
    }

    /** Returns the tick in which a row is due; outside of 0 to {@link #ticks} if the row is not of this schedule. */
    public int tickOf(long id) {
        return (int) Math.floorDiv(id - first, rowsOfATick);
    }

    /** Returns whether a row is one of this schedule. */
    public boolean has(long id) {
        return id >= first && tickOf(id) < ticks;
    }

    /** Returns the first row of a tick. */
    public long firstOf(int tick) {
        return first + (long) tick * rowsOfATick;
    }

    /** Returns rows a second. */
    public double rate() {
        return rowsOfATick * 1e9 / TICK.toNanos();
    }
}
