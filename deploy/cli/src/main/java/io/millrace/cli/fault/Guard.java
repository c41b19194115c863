package io.millrace.cli.fault;

import io.millrace.shop.check.CheckResult;
import java.util.List;

/**
 * What keeps results right, and is switched off once to show that the comparison finds what comes of it.
 *
 * @param name as the command line has it
 * @param without what happens without it, in a few words
 * @param finder the result by which the comparison must find it
 * @param off switches it off, while the job runs after a fault
 */
record Guard(String name, String without, String finder, Fault.Step off) {

    /** Tells whether a comparison found what came of it. */
    boolean isFound(List<CheckResult> results) {
        return results.stream().anyMatch(result -> result.target().equals(finder) && !result.isOk());
    }
}
