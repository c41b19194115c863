package io.millrace.analytics.event;

import java.io.IOException;
import java.math.BigDecimal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A line of an order.
 *
 * @param category of the product; {@link #NO_CATEGORY} if its producer names none
 * @param quantity negative for what is given back
 * @param price of one, in the currency of the order
 */
public record LineItem(String category, int quantity, BigDecimal price) {

    public static final String NO_CATEGORY = "unknown";

    /** Returns what the line comes to. */
    public BigDecimal value() {
        return price.multiply(BigDecimal.valueOf(quantity));
    }

    void writeTo(DataOutputView out) throws IOException {
        out.writeUTF(category);
        out.writeInt(quantity);
        Money.writeAmount(price, out);
    }

    static LineItem readFrom(DataInputView in) throws IOException {
        return new LineItem(in.readUTF(), in.readInt(), Money.readAmount(in));
    }
}
