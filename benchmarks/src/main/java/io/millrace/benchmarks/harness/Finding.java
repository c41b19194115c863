package io.millrace.benchmarks.harness;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One ratio of the report.
 *
 * @param name the case
 * @param against who it is compared with
 * @param ratio the median over the pairs of how many times better ours is; null if every pair is void
 * @param low the lower end of the 95 % interval
 * @param high the upper end
 * @param target what to reach, or null
 * @param unit what is compared
 * @param detail the figures of both
 */
public record Finding(
        String name,
        String against,
        @Nullable Double ratio,
        @Nullable Double low,
        @Nullable Double high,
        @Nullable Double target,
        String unit,
        String detail) {

    /** Returns what is left of a case that could not run. */
    public static Finding failed(String name, String why) {
        return new Finding(name, "-", null, null, null, null, "-", "void: " + why);
    }

    /** Returns whether the target was reached, or by how much it was missed; empty without a target. */
    public String verdict() {
        if (ratio == null) {
            return "void";
        }
        if (target == null) {
            return "";
        }
        return ratio >= target
                ? "reached"
                : String.format(Locale.ROOT, "missed by %.0f %%", 100 * (target - ratio) / target);
    }
}
