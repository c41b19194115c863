package io.millrace.shop.check;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What one check found.
 *
 * @param target what was compared, such as {@code elasticsearch.users}
 * @param counts what was counted, as {@code rows=1204}
 * @param differ how many rows differ
 * @param first the first differences, at most {@link #SHOWN}
 */
public record CheckResult(String target, String counts, long differ, List<Difference> first) {

    /** How many differences are kept. */
    public static final int SHOWN = 5;

    public static CheckResult rows(String target, long rows, long differ, List<Difference> differences) {
        return new CheckResult(
                target,
                "rows=" + rows,
                differ,
                List.copyOf(differences.subList(0, Math.min(SHOWN, differences.size()))));
    }

    public boolean isOk() {
        return differ == 0;
    }

    /** Returns one line, as {@code OK elasticsearch.users rows=1204 differ=0}. */
    public String line() {
        return (isOk() ? "OK " : "FAILED ") + target + " " + counts + " differ=" + differ;
    }

    /** Returns the line, followed by one line for each of the first differences. */
    public String report() {
        return line() + first.stream().map(difference -> "\n  " + difference).collect(Collectors.joining());
    }
}
