package io.millrace.monitoring;

import java.util.List;

/**
 * What is chosen of a variable.
 *
 * @param all whether it is the entry for every value
 */
record Choice(List<String> values, boolean all) {

    static Choice of(String... values) {
        return new Choice(List.of(values), false);
    }

    static Choice everyOf(String... values) {
        return new Choice(List.of(values), true);
    }
}
