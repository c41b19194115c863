package io.millrace.analytics.model;

import io.millrace.analytics.event.Money;
import io.millrace.analytics.event.Sale;
import io.millrace.analytics.window.Tally;
import java.io.IOException;
import java.math.BigDecimal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What orders come to, exactly. */
public final class RevenueTally extends Tally<Sale, RevenueTally> {

    private long items;
    private BigDecimal revenue = BigDecimal.ZERO;
    private BigDecimal unattributed = BigDecimal.ZERO;

    @Override
    protected void count(Sale sale) {
        items += sale.items();
        revenue = revenue.add(sale.revenue());
        unattributed = unattributed.add(sale.unattributed());
    }

    @Override
    protected void countAll(RevenueTally other) {
        items += other.items;
        revenue = revenue.add(other.revenue);
        unattributed = unattributed.add(other.unattributed);
    }

    long items() {
        return items;
    }

    BigDecimal revenue() {
        return revenue;
    }

    BigDecimal unattributed() {
        return unattributed;
    }

    RevenueTally copy() {
        RevenueTally copy = new RevenueTally();
        copy.copyCounts(this);
        copy.countAll(this);
        return copy;
    }

    void writeTo(DataOutputView out) throws IOException {
        writeCounts(out);
        out.writeLong(items);
        Money.writeAmount(revenue, out);
        Money.writeAmount(unattributed, out);
    }

    static RevenueTally readFrom(DataInputView in) throws IOException {
        RevenueTally tally = new RevenueTally();
        tally.readCounts(in);
        tally.items = in.readLong();
        tally.revenue = Money.readAmount(in);
        tally.unattributed = Money.readAmount(in);
        return tally;
    }
}
