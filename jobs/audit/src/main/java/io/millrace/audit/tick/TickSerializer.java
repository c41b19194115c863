package io.millrace.audit.tick;

import io.millrace.common.type.ValueSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link Tick}. */
public final class TickSerializer extends ValueSerializer<Tick> {

    private static final long serialVersionUID = 1L;

    public static final TickSerializer INSTANCE = new TickSerializer();

    @Override
    public Tick createInstance() {
        return new Tick(0, 0, NewestRecord.NONE);
    }

    @Override
    public void serialize(Tick tick, DataOutputView out) throws IOException {
        out.writeInt(tick.partition());
        out.writeLong(tick.time());
        out.writeLong(tick.newest());
    }

    @Override
    public Tick deserialize(DataInputView in) throws IOException {
        return new Tick(in.readInt(), in.readLong(), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Tick> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Tick> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
