package io.millrace.analytics.live;

import io.millrace.analytics.model.AmountTally;
import io.millrace.analytics.window.Window;
import java.math.BigDecimal;

/**
 * What is added to a counter.
 *
 * @param counter the key of a {@link Counter}
 * @param minute the beginning of the minute to which it is added, in epoch milliseconds
 * @param events how many events it comes from
 */
public record Addition(String counter, long minute, BigDecimal value, long events) {

    static Addition of(Window window, AmountTally tally) {
        return new Addition(Counter.ofShard(window.key()).key(), window.start(), tally.sum(), tally.events());
    }
}
