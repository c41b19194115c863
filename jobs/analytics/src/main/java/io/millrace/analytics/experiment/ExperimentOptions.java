package io.millrace.analytics.experiment;

import java.time.Duration;
import java.util.List;

/**
 * How experiments are counted and judged.
 *
 * @param controls names of the variant that the others are compared with
 * @param remembered for how long a silent experiment, or a user's part in it, is known
 * @param topic of what users do
 * @param alerts the topic that is told of mismatches
 */
public record ExperimentOptions(
        int generation,
        List<String> controls,
        Split split,
        Mismatch mismatch,
        Duration remembered,
        Duration lateness,
        Duration horizon,
        String topic,
        String alerts,
        String pipeline,
        String lateEvents) {

    public ExperimentOptions {
        controls = List.copyOf(controls);
    }
}
