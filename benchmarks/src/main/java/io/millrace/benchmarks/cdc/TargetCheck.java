package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.harness.Run;
import io.millrace.benchmarks.workload.Checksum;
import java.time.Duration;

/** Compares a target with its source: a run whose target is wrong has no figure. */
final class TargetCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LOOK = Duration.ofMillis(200);

    private TargetCheck() {}

    /** Returns the run, void if its target is not what its source is; answers on their way may arrive. */
    static Run verified(Run run, Target target, Checksum expected) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Checksum found = target.checksum();
        while (!found.equals(expected) && System.nanoTime() < deadline) {
            Thread.sleep(LOOK.toMillis());
            found = target.checksum();
        }
        return found.equals(expected)
                ? run
                : run.voided("the target holds " + found + "; the source holds " + expected);
    }
}
