package io.millrace.benchmarks.audit;

import io.millrace.benchmarks.harness.Contender;
import io.millrace.benchmarks.harness.Role;
import io.millrace.benchmarks.harness.Run;
import io.millrace.benchmarks.process.Peak;
import io.millrace.benchmarks.stage.BenchJob;
import io.millrace.benchmarks.stage.RunHooks;
import java.util.Locale;

/**
 * The job, or a variant of it, on a Flink of its own, into an archive that is empty.
 *
 * @param name for the report
 * @param check what the archive is compared by
 */
record JobContender(String name, Depot depot, AuditLoad load, Starter starter, ArchiveCheck check)
        implements Contender {

    private static final double MEGA = 1e6;

    /** Starts the job on a fresh Flink. */
    @FunctionalInterface
    interface Starter {

        BenchJob start() throws Exception;
    }

    @Override
    public Role role() {
        return Role.OURS;
    }

    @Override
    public Run run() throws Exception {
        Archive archive = load.archive(depot);
        archive.clear();
        RunHooks hooks = depot.slowStart(load.topic(), load.events(), Depot.THREADS);
        hooks.before();
        try (BenchJob job = starter.start()) {
            Run run = depot.drain(load.events())
                    .watch(
                            depot.servers().flinkPids(),
                            depot.servers().serverPids(),
                            hooks.watching(archive.progress()),
                            job::isAlive,
                            "");
            if (!run.isValid()) {
                return run.voided(run.wrong() + "; " + job.lastError());
            }
            job.requireHealthy();
            String wrong = check.difference(archive);
            return wrong.isEmpty() ? run.noting(note(archive)) : run.voided(wrong);
        } finally {
            hooks.after();
        }
    }

    private String note(Archive archive) throws Exception {
        double bytes = archive.bytes();
        return String.format(
                Locale.ROOT,
                "archive %.0f MB, %.0f bytes a record; TaskManager's peak %d MiB",
                bytes / MEGA,
                bytes / load.events(),
                Peak.residentMib(depot.servers().taskManagerPid()));
    }
}
