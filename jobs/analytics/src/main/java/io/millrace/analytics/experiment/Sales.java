package io.millrace.analytics.experiment;

import io.millrace.analytics.event.Money;
import java.io.IOException;
import java.math.BigDecimal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Purchases in one currency, and what they come to, exactly. Of a change, either may be below zero. */
record Sales(long orders, BigDecimal revenue) {

    static final Sales NONE = new Sales(0, BigDecimal.ZERO);

    Sales plus(Sales other) {
        return new Sales(orders + other.orders, revenue.add(other.revenue));
    }

    Sales negated() {
        return new Sales(-orders, revenue.negate());
    }

    boolean isNothing() {
        return orders == 0 && revenue.signum() == 0;
    }

    void writeTo(DataOutputView out) throws IOException {
        out.writeLong(orders);
        Money.writeAmount(revenue, out);
    }

    static Sales readFrom(DataInputView in) throws IOException {
        return new Sales(in.readLong(), Money.readAmount(in));
    }
}
