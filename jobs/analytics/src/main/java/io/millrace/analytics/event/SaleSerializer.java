package io.millrace.analytics.event;

import io.millrace.common.type.ValueSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link Sale}. */
public final class SaleSerializer extends ValueSerializer<Sale> {

    private static final long serialVersionUID = 1L;

    public static final SaleSerializer INSTANCE = new SaleSerializer();

    @Override
    public Sale createInstance() {
        return new Sale(new Stamp(0, 0, 0, null), 0, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    @Override
    public void serialize(Sale sale, DataOutputView out) throws IOException {
        sale.stamp().writeTo(out);
        out.writeLong(sale.items());
        Money.writeAmount(sale.revenue(), out);
        Money.writeAmount(sale.unattributed(), out);
    }

    @Override
    public Sale deserialize(DataInputView in) throws IOException {
        return new Sale(Stamp.readFrom(in), in.readLong(), Money.readAmount(in), Money.readAmount(in));
    }

    @Override
    public TypeSerializerSnapshot<Sale> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Sale> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
