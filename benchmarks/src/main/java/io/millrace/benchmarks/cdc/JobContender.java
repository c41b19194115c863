package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.harness.Contender;
import io.millrace.benchmarks.harness.Role;
import io.millrace.benchmarks.harness.Run;
import io.millrace.benchmarks.process.Drain;
import io.millrace.benchmarks.process.Peak;
import io.millrace.benchmarks.stage.BenchJob;
import io.millrace.benchmarks.stage.RunHooks;
import io.millrace.benchmarks.workload.Checksum;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Our job, the jar that a user submits, on a Flink of its own. */
final class JobContender implements Contender {

    private final Arena arena;
    private final Target target;
    private final Drain drain;
    private final Checksum expected;
    private final RunHooks hooks;
    private final Path config;
    private final @Nullable String savepoint;

    JobContender(
            Arena arena,
            Target target,
            Drain drain,
            Checksum expected,
            RunHooks hooks,
            Path config,
            @Nullable String savepoint) {
        this.arena = arena;
        this.target = target;
        this.drain = drain;
        this.expected = expected;
        this.hooks = hooks;
        this.config = config;
        this.savepoint = savepoint;
    }

    @Override
    public String name() {
        return "millrace";
    }

    @Override
    public Role role() {
        return Role.OURS;
    }

    @Override
    public Run run() throws Exception {
        target.clear();
        hooks.before();
        try (BenchJob job = BenchJob.start(arena, Arena.JOB, config, savepoint)) {
            Run run = drain.watch(
                    arena.servers().flinkPids(),
                    arena.servers().serverPids(),
                    hooks.watching(target::count),
                    job::isAlive,
                    String.join(" ", Arena.JVM));
            if (!run.isValid()) {
                return run.voided(run.wrong() + "; " + job.lastError());
            }
            long peak = Peak.residentMib(arena.servers().taskManagerPid());
            return TargetCheck.verified(run.noting("TaskManager's peak " + peak + " MiB"), target, expected);
        } finally {
            hooks.after();
        }
    }
}
