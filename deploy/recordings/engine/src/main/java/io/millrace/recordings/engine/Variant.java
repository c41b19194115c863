package io.millrace.recordings.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * One way to configure an engine.
 *
 * @param decimals {@code decimal.handling.mode}
 * @param times {@code time.precision.mode}
 */
record Variant(String decimals, String times) {

    /**
     * Returns those of a major version: each mode that it knows, at least once. But for {@code nanoseconds}, with which
     * 3.6 stops at a DELETE that tells no more than the key of a row with a {@code timestamp NOT NULL}.
     */
    static List<Variant> of(int major) {
        List<Variant> variants = new ArrayList<>(List.of(
                new Variant("precise", "adaptive"),
                new Variant("string", "adaptive_time_microseconds"),
                new Variant("double", "connect")));
        if (major >= 3) {
            variants.add(new Variant("string", "isostring"));
            variants.add(new Variant("precise", "microseconds"));
        }
        return variants;
    }

    /** Returns its part of a file's name. */
    String label() {
        return decimals + "-" + times.replace('_', '-');
    }

    /** Returns its part of a database's name. */
    String database() {
        return decimals + "_" + times;
    }
}
