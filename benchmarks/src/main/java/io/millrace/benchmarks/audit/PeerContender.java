package io.millrace.benchmarks.audit;

import io.millrace.benchmarks.harness.Contender;
import io.millrace.benchmarks.harness.Role;
import io.millrace.benchmarks.harness.Run;
import io.millrace.benchmarks.process.ChildProcess;
import io.millrace.benchmarks.process.Drain;
import io.millrace.benchmarks.process.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program beside the job, which says itself how far it is.
 *
 * @param amount that it says in the end
 * @param check what must be true of what it said on standard error
 */
record PeerContender(String name, Role role, Depot depot, Program program, long amount, Check check)
        implements Contender {

    /** Looks at what a program said. */
    @FunctionalInterface
    interface Check {

        /** Whatever it said is right. */
        Check NONE = said -> "";

        /** Returns what is wrong, or nothing. */
        String difference(String said);

        /** It said a text. */
        static Check says(String text) {
            return said -> said.contains(text) ? "" : "it did not say `" + text + "`, but: " + said;
        }
    }

    @Override
    public Run run() throws Exception {
        Path log = depot.servers().data().log("bench-" + name);
        try (ChildProcess child = ChildProcess.start(program, log)) {
            child.go();
            Run run = new Drain(0, amount, depot.patience())
                    .watch(
                            List.of(child.pid()),
                            depot.servers().serverPids(),
                            child::progress,
                            child::isAlive,
                            program.describe());
            if (!run.isValid()) {
                return run.voided(run.wrong() + "; " + child.lastWords());
            }
            String wrong = check.difference(Files.readString(log));
            return wrong.isEmpty() ? run : run.voided(wrong);
        }
    }
}
