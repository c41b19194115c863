package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.harness.Contender;
import io.millrace.benchmarks.harness.Contest;
import io.millrace.benchmarks.harness.Finding;
import io.millrace.benchmarks.harness.Findings;
import io.millrace.benchmarks.harness.Pairs;
import io.millrace.benchmarks.harness.Run;
import io.millrace.cli.CommandFailure;
import java.util.List;

/** A case in which contenders do the same work in turn. */
interface ContestCase extends CdcCase {

    /** Fills the source, on empty servers, and names who takes part. */
    Contest prepare(Arena arena) throws Exception;

    @Override
    default List<Finding> play(Arena arena) throws Exception {
        Contest contest = prepare(arena);
        return Findings.of(
                contest, new Pairs(arena.out()).play(contest, arena.plan().pairs()));
    }

    /**
     * Lets a contender run unmeasured, so that servers warm up: whoever came first would have them compile their code.
     *
     * @throws CommandFailure if the target is not right then
     */
    static void rehearse(Contender contender) throws Exception {
        Run run = contender.run();
        if (!run.isValid()) {
            throw new CommandFailure("the servers could not be warmed up: " + run.wrong());
        }
    }
}
