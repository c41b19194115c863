package io.millrace.benchmarks.harness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** ABBA: every other pair is turned round, so that whatever drifts with time falls on all alike. */
public final class PairOrder {
    private PairOrder() {}

    /**
     * Returns who runs when.
     *
     * @param pair from 0
     */
    public static <T> List<T> of(List<T> contenders, int pair) {
        List<T> order = new ArrayList<>(contenders);
        if (pair % 2 == 1) {
            Collections.reverse(order);
        }
        return order;
    }
}
