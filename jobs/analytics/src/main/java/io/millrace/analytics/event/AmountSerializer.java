package io.millrace.analytics.event;

import io.millrace.common.type.ValueSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link Amount}. */
public final class AmountSerializer extends ValueSerializer<Amount> {

    private static final long serialVersionUID = 1L;

    public static final AmountSerializer INSTANCE = new AmountSerializer();

    @Override
    public Amount createInstance() {
        return new Amount(new Stamp(0, 0, 0, null), BigDecimal.ZERO);
    }

    @Override
    public void serialize(Amount amount, DataOutputView out) throws IOException {
        amount.stamp().writeTo(out);
        Money.writeAmount(amount.value(), out);
    }

    @Override
    public Amount deserialize(DataInputView in) throws IOException {
        return new Amount(Stamp.readFrom(in), Money.readAmount(in));
    }

    @Override
    public TypeSerializerSnapshot<Amount> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Amount> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
