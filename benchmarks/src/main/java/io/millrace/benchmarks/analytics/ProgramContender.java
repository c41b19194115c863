package io.millrace.benchmarks.analytics;

import io.millrace.benchmarks.harness.Contender;
import io.millrace.benchmarks.harness.Role;
import io.millrace.benchmarks.harness.Run;
import io.millrace.benchmarks.process.ChildProcess;
import io.millrace.benchmarks.process.Program;
import io.millrace.benchmarks.stage.RunHooks;
import java.util.List;

/** A peer in a process of its own. */
record ProgramContender(String name, Scene scene, Program program, Work work, RunHooks hooks) implements Contender {

    @Override
    public Role role() {
        return Role.PEER;
    }

    @Override
    public Run run() throws Exception {
        work.target().clear();
        hooks.before();
        try (ChildProcess child =
                ChildProcess.start(program, scene.servers().data().log("bench-" + name))) {
            child.go();
            Run run = scene.drain(work.events())
                    .watch(
                            List.of(child.pid()),
                            scene.servers().serverPids(),
                            hooks.watching(new Looks(work.target())),
                            child::isAlive,
                            program.describe());
            return run.isValid()
                    ? Looks.verified(run, work.target())
                    : run.voided(run.wrong() + "; " + child.lastWords());
        } finally {
            hooks.after();
        }
    }
}
