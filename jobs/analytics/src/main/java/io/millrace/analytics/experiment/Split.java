package io.millrace.analytics.experiment;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How users should be split between the variants of experiments; equally, of one that is not named.
 *
 * @param weights by experiment and variant, of any scale
 */
public record Split(SortedMap<String, SortedMap<String, Double>> weights) implements Serializable {

    private static final long serialVersionUID = 1L;

    public Split {
        weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
    }

    /**
     * Reads what is configured.
     *
     * @param written {@code control=50, new=50}, by experiment
     * @throws IllegalArgumentException with the part that is wrong
     */
    public static Split parse(Map<String, String> written) {
        SortedMap<String, SortedMap<String, Double>> weights = new TreeMap<>();
        written.forEach((experiment, variants) -> weights.put(experiment, parse(experiment, variants)));
        return new Split(weights);
    }

    private static SortedMap<String, Double> parse(String experiment, String variants) {
        SortedMap<String, Double> weights = new TreeMap<>();
        for (String part : variants.split(",", -1)) {
            int equals = part.lastIndexOf('=');
            double weight = equals < 1 ? -1 : number(part.substring(equals + 1).strip());
            if (!(weight > 0 && weight <= 1e9)) {
                throw new IllegalArgumentException("`" + part.strip() + "` of `" + experiment
                        + "` is no variant and its part; write them as control=50, new=50");
            }
            if (weights.put(part.substring(0, equals).strip(), weight) != null) {
                throw new IllegalArgumentException("`" + experiment + "` names a variant twice; remove one");
            }
        }
        if (weights.size() < 2) {
            throw new IllegalArgumentException("`" + experiment + "` has one variant only; name the others, too");
        }
        return weights;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Returns the variants that an experiment has, those that are named for it included. */
    NavigableSet<String> variants(String experiment, Iterable<String> seen) {
        NavigableSet<String> variants =
                new TreeSet<>(weights.getOrDefault(experiment, new TreeMap<>()).keySet());
        seen.forEach(variants::add);
        return variants;
    }

    /** Returns what part of the users a variant should have, of any scale; 0 for one that should not be there. */
    double weight(String experiment, String variant) {
        SortedMap<String, Double> own = weights.get(experiment);
        return own == null ? 1 : own.getOrDefault(variant, 0.0);
    }
}
