package io.millrace.benchmarks.analytics;

import io.millrace.benchmarks.harness.Contender;
import io.millrace.benchmarks.harness.Role;
import io.millrace.benchmarks.harness.Run;
import io.millrace.benchmarks.process.Drain;
import io.millrace.benchmarks.process.Peak;
import io.millrace.benchmarks.stage.BenchJob;
import io.millrace.benchmarks.stage.RunHooks;
import java.util.Locale;

/**
 * A job on a Flink of its own: ours, the jar that a user submits, or a peer's.
 *
 * @param name for the report
 */
record FlinkContender(
        String name, Role role, Scene scene, Starter starter, ResultTarget target, Drain drain, RunHooks hooks)
        implements Contender {

    private static final double MEBI = 1 << 20;

    /** Starts the job on a fresh Flink. */
    @FunctionalInterface
    interface Starter {

        BenchJob start() throws Exception;
    }

    /** Returns our own job. */
    static FlinkContender ours(String name, Scene scene, JobFile file, Work work) {
        return new FlinkContender(
                name,
                Role.OURS,
                scene,
                () -> BenchJob.start(scene, Scene.JOB, file.write(scene), null),
                work.target(),
                scene.drain(work.events()),
                scene.slowStart(work.topic(), work.events(), file.parallelism()));
    }

    @Override
    public Run run() throws Exception {
        target.clear();
        hooks.before();
        try (BenchJob job = starter.start()) {
            Run run = drain.watch(
                    scene.servers().flinkPids(),
                    scene.servers().serverPids(),
                    hooks.watching(new Looks(target)),
                    job::isAlive,
                    "");
            if (!run.isValid()) {
                return run.voided(run.wrong() + "; " + job.lastError());
            }
            return Looks.verified(run.noting(note(job)), target);
        } finally {
            hooks.after();
        }
    }

    private String note(BenchJob job) throws InterruptedException {
        return String.format(
                Locale.ROOT,
                "TaskManager's peak %d MiB, checkpoint %.1f MiB",
                Peak.residentMib(scene.servers().taskManagerPid()),
                job.checkpointBytes() / MEBI);
    }
}
