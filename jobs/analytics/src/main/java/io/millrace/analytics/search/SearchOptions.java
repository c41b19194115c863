package io.millrace.analytics.search;

import java.time.Duration;

/**
 * How searches are counted.
 *
 * @param most terms of a window that are shown
 * @param within how long after a search a click follows from it
 * @param topic of the searches
 */
public record SearchOptions(
        int generation,
        int most,
        Duration within,
        Duration lateness,
        Duration horizon,
        String topic,
        String pipeline,
        String lateEvents) {

    /** Returns how long after its end a window is corrected: a click may follow from its last search. */
    Duration open() {
        return within.plus(lateness);
    }
}
