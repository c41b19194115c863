package io.millrace.benchmarks.analytics;

import io.millrace.benchmarks.harness.Run;
import io.millrace.benchmarks.process.Progress;
import java.time.Duration;

/** Asks a target now and then: each look costs its server something. */
final class Looks implements Progress {

    private static final long PAUSE = Duration.ofMillis(100).toNanos();

    private final ResultTarget target;
    private long last = System.nanoTime() - PAUSE;
    private long events;

    Looks(ResultTarget target) {
        this.target = target;
    }

    @Override
    public long count() throws Exception {
        if (System.nanoTime() - last >= PAUSE) {
            events = target.events();
            last = System.nanoTime();
        }
        return events;
    }

    /** Returns the run, void if the target is not what it must be. */
    static Run verified(Run run, ResultTarget target) throws Exception {
        String wrong = run.isValid() ? target.difference() : "";
        return wrong.isEmpty() ? run : run.voided(wrong);
    }
}
