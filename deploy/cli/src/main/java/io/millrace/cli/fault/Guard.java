package io.millrace.cli.fault;

import io.millrace.shop.check.CheckResult;
import java.util.List;

/**
 * What keeps results right, and is switched off once to show that the comparison finds what comes of it.
 *
 * @param name as the command line has it
 * @param without what happens without it, in a few words
 * @param finders the results by each of which the comparison must find it
 * @param off switches it off, while the job runs after a fault
 * @param atEnd what happens then when the last results are there
 */
record Guard(String name, String without, List<String> finders, Fault.Step off, Fault.Step atEnd) {

    Guard {
        finders = List.copyOf(finders);
    }

    /** Makes one that is off while the job runs, and found by one result. */
    static Guard of(String name, String without, String finder, Fault.Step off) {
        return new Guard(name, without, List.of(finder), off, scene -> {});
    }

    /** Tells whether a comparison found what came of it. */
    boolean isFound(List<CheckResult> results) {
        return finders.stream()
                .allMatch(finder ->
                        results.stream().anyMatch(result -> result.target().equals(finder) && !result.isOk()));
    }
}
