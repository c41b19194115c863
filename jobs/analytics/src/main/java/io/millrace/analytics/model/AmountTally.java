package io.millrace.analytics.model;

import io.millrace.analytics.event.Amount;
import io.millrace.analytics.window.Tally;
import java.math.BigDecimal;

/** The exact sum of amounts. */
public final class AmountTally extends Tally<Amount, AmountTally> {

    private BigDecimal sum = BigDecimal.ZERO;

    @Override
    protected void count(Amount amount) {
        sum = sum.add(amount.value());
    }

    @Override
    protected void countAll(AmountTally other) {
        sum = sum.add(other.sum);
    }

    public BigDecimal sum() {
        return sum;
    }
}
