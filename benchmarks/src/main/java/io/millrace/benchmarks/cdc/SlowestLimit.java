package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.harness.Contender;
import io.millrace.benchmarks.harness.Role;
import io.millrace.benchmarks.harness.Run;
import java.util.List;

/** The limits of several targets, one after the other; what counts is the slowest. */
record SlowestLimit(List<Contender> limits) implements Contender {

    @Override
    public String name() {
        return "slowest-canned";
    }

    @Override
    public Role role() {
        return Role.LIMIT;
    }

    @Override
    public Run run() throws Exception {
        Run slowest = limits.get(0).run();
        for (Contender limit : limits.subList(1, limits.size())) {
            Run run = limit.run();
            if (slowest.isValid() && (!run.isValid() || run.rate() < slowest.rate())) {
                slowest = run;
            }
        }
        return slowest;
    }
}
