package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.stage.RunHooks;
import io.millrace.benchmarks.stage.SlowStart;
import java.time.Duration;

/** How slowly the warm-up's records of the case's topic are given out. */
final class SlowTopic {

    /** Of a first look. */
    private static final Duration QUICK = Duration.ofSeconds(30);

    private static final Duration WHOLE = Duration.ofSeconds(60);

    private static final int LEAST_ROWS = 50_000;

    private SlowTopic() {}

    /** Returns what a run has to do for it; nothing for a topic that is read in no time. */
    static RunHooks of(Arena arena) {
        long rows = arena.plan().rows();
        if (rows < LEAST_ROWS) {
            return RunHooks.NONE;
        }
        long warmUp = arena.drain(rows).warmUp();
        return new SlowStart(
                arena.addresses().kafkaBootstrap(),
                arena.topic().name(),
                warmUp,
                (double) warmUp / rows,
                arena.plan().quick() ? QUICK : WHOLE,
                Arena.THREADS);
    }
}
