package io.millrace.cli.fault;

import io.millrace.shop.check.CheckResult;
import java.io.PrintWriter;
import java.util.List;

/** Whether the outcome of a fault is the one that it must be. */
final class Verdict {

    private Verdict() {}

    /**
     * Prints what was compared; with a control, what differs alone, since all of it has to be found by somebody.
     *
     * @param control whether something has to differ
     * @param errors what went wrong with the jobs, printed if something differs that must not
     * @return whether everything is equal, or with a control, whether something differs
     */
    static boolean of(List<CheckResult> results, boolean control, String errors, PrintWriter out) {
        boolean equal = results.stream().allMatch(CheckResult::isOk);
        for (CheckResult result : results) {
            if (!control) {
                out.println(result.report());
            } else if (!result.isOk()) {
                out.println(result.report().lines().findFirst().orElse(""));
            }
        }
        if (!equal && !control) {
            out.print(errors);
        }
        return equal != control;
    }
}
