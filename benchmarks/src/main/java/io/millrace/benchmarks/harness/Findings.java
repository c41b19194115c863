package io.millrace.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Turns the runs of a case into ratios. */
public final class Findings {

    private final Contest contest;
    private final List<Map<String, Run>> pairs;

    private Findings(Contest contest, List<Map<String, Run>> pairs) {
        this.contest = contest;
        this.pairs = pairs;
    }

    /** Returns the ratios of a case, processor time first. */
    public static List<Finding> of(Contest contest, List<Map<String, Run>> pairs) {
        return new Findings(contest, pairs).all();
    }

    private List<Finding> all() {
        Contender ours = contest.contenders().get(0);
        List<Finding> findings = new ArrayList<>();
        for (Contender other : contest.contenders()) {
            if (other != ours) {
                for (Measure measure : Measure.values()) {
                    findings.add(finding(measure, ours, other));
                }
            }
        }
        return findings;
    }

    private Finding finding(Measure measure, Contender ours, Contender other) {
        List<Run> first = new ArrayList<>();
        List<Run> second = new ArrayList<>();
        for (Map<String, Run> pair : pairs) {
            Run run = Objects.requireNonNull(pair.get(ours.name()));
            Run against = Objects.requireNonNull(pair.get(other.name()));
            if (run.isValid() && against.isValid()) {
                first.add(run);
                second.add(against);
            }
        }
        String against = other.role() == Role.STRAWMAN ? other.name() + " (strawman)" : other.name();
        Double target = measure == Measure.RATE ? contest.aims().get(other.name()) : null;
        if (first.isEmpty()) {
            return new Finding(
                    contest.name(),
                    against,
                    null,
                    null,
                    null,
                    target,
                    measure.unit(contest.amount()),
                    whyVoid(ours, other));
        }
        Ratio ratio = Ratio.of(ratios(measure, first, second));
        String detail = figure(measure, first) + " : " + figure(measure, second) + ", " + first.size() + " of "
                + pairs.size() + " pairs; " + contest.work();
        return new Finding(
                contest.name(),
                against,
                ratio.median(),
                ratio.low(),
                ratio.high(),
                target,
                measure.unit(contest.amount()),
                detail);
    }

    private static List<Double> ratios(Measure measure, List<Run> first, List<Run> second) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            ratios.add(measure.ratio(first.get(i), second.get(i)));
        }
        return ratios;
    }

    private String figure(Measure measure, List<Run> runs) {
        double median = Ratio.median(runs.stream().mapToDouble(measure::of).toArray());
        return measure == Measure.RATE
                ? String.format(Locale.ROOT, "%.0f", contest.amount().ofRate(median))
                : String.format(Locale.ROOT, "%.2f", median);
    }

    private String whyVoid(Contender ours, Contender other) {
        for (Map<String, Run> pair : pairs) {
            for (Contender contender : List.of(ours, other)) {
                Run run = Objects.requireNonNull(pair.get(contender.name()));
                if (!run.isValid()) {
                    return "void: " + contender.name() + ": " + run.wrong();
                }
            }
        }
        return "void";
    }
}
