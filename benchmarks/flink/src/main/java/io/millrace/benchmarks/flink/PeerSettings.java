package io.millrace.benchmarks.flink;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a job is told.
 *
 * @param values by names that begin with {@code bench.}
 */
record PeerSettings(Map<String, String> values) {

    /** Reads arguments of the form {@code --set name=value}. */
    static PeerSettings of(String[] arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 1; i < arguments.length; i += 2) {
            int equals = arguments[i].indexOf('=');
            values.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
        }
        return new PeerSettings(values);
    }

    String get(String name) {
        return Objects.requireNonNull(values.get("bench." + name), name);
    }

    int number(String name) {
        return Integer.parseInt(get(name));
    }
}
