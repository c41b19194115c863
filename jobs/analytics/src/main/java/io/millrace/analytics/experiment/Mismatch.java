package io.millrace.analytics.experiment;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * When users are not split between variants as they should be.
 *
 * @param below a p-value below this is a mismatch
 * @param leastUsers of all variants together, before that is asked at all
 */
public record Mismatch(double below, long leastUsers) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Tells whether there are enough users to judge by. */
    boolean canTell(Map<String, Long> users) {
        return users.values().stream().mapToLong(Long::longValue).sum() >= leastUsers;
    }

    /** Returns how likely such a split is by chance. */
    static double pValue(String experiment, Map<String, Long> users, Split split) {
        List<ChiSquare.Cell> cells = split.variants(experiment, users.keySet()).stream()
                .map(variant -> new ChiSquare.Cell(users.getOrDefault(variant, 0L), split.weight(experiment, variant)))
                .toList();
        return ChiSquare.pValue(cells);
    }
}
