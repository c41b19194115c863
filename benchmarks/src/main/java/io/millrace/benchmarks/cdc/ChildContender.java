package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.harness.Contender;
import io.millrace.benchmarks.harness.Role;
import io.millrace.benchmarks.harness.Run;
import io.millrace.benchmarks.process.ChildProcess;
import io.millrace.benchmarks.process.Drain;
import io.millrace.benchmarks.process.JavaProgram;
import io.millrace.benchmarks.stage.RunHooks;
import io.millrace.benchmarks.workload.Checksum;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A peer, or the limit, in a JVM of its own.
 *
 * @param target where it writes; null if it throws away what it reads, and counts by itself
 * @param expected what the target must hold; null if it gets a part of the rows only
 */
record ChildContender(
        String name,
        Role role,
        Arena arena,
        JavaProgram program,
        @Nullable Target target,
        Drain drain,
        @Nullable Checksum expected,
        RunHooks hooks)
        implements Contender {

    @Override
    public Run run() throws Exception {
        if (target != null) {
            target.clear();
        }
        hooks.before();
        try (ChildProcess child =
                ChildProcess.start(program, arena.servers().data().log("bench-" + name))) {
            child.go();
            Run run = drain.watch(
                    List.of(child.pid()),
                    arena.servers().serverPids(),
                    hooks.watching(target == null ? child::progress : target::count),
                    child::isAlive,
                    program.describe());
            if (!run.isValid()) {
                return run.voided(run.wrong() + "; " + child.lastWords());
            }
            return target == null || expected == null ? run : TargetCheck.verified(run, target, expected);
        } finally {
            hooks.after();
        }
    }
}
