package io.millrace.benchmarks.latency;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When the ticks of a schedule were committed. A row is late by its commit, which Postgres and its disk answer for, and
 * by what comes after, which the pipeline does.
 */
public final class Commits {

    private static final long NOT_YET = 0;

    private final Schedule schedule;
    private final AtomicLongArray times;
    private final Latencies lateness = new Latencies();

    public Commits(Schedule schedule) {
        this.schedule = schedule;
        times = new AtomicLongArray(schedule.ticks());
    }

    public Schedule schedule() {
        return schedule;
    }

    /** Takes the time, in nanoseconds of {@link System#nanoTime}, at which the writer was told of a tick's commit. */
    void committed(int tick, long now) {
        lateness.record(now - schedule.due(tick));
        times.set(tick, Math.max(now - schedule.start(), NOT_YET + 1));
    }

    /** Returns the nanoseconds since a tick's commit; 0 if its writer was not told of it yet. */
    long since(int tick, long now) {
        long committed = times.get(tick);
        return committed == NOT_YET ? 0 : Math.max(0, now - schedule.start() - committed);
    }

    /** Returns how long after their due times the ticks were committed. */
    public Latencies lateness() {
        return lateness;
    }
}
