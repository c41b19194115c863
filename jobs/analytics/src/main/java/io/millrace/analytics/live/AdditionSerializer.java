package io.millrace.analytics.live;

import io.millrace.analytics.event.Money;
import io.millrace.common.type.ValueSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import java.math.BigDecimal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link Addition}. */
public final class AdditionSerializer extends ValueSerializer<Addition> {

    private static final long serialVersionUID = 1L;

    static final AdditionSerializer INSTANCE = new AdditionSerializer();

    public static final TypeInformation<Addition> TYPE = new ValueTypeInfo<>(Addition.class, INSTANCE) {};

    @Override
    public Addition createInstance() {
        return new Addition("", 0, BigDecimal.ZERO, 0);
    }

    @Override
    public void serialize(Addition addition, DataOutputView out) throws IOException {
        out.writeUTF(addition.counter());
        out.writeLong(addition.minute());
        Money.writeAmount(addition.value(), out);
        out.writeLong(addition.events());
    }

    @Override
    public Addition deserialize(DataInputView in) throws IOException {
        return new Addition(in.readUTF(), in.readLong(), Money.readAmount(in), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Addition> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Addition> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
