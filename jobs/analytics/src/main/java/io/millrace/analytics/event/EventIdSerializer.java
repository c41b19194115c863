package io.millrace.analytics.event;

import io.millrace.common.type.ValueSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link EventId}: 16 bytes. */
public final class EventIdSerializer extends ValueSerializer<EventId> {

    private static final long serialVersionUID = 1L;

    public static final EventIdSerializer INSTANCE = new EventIdSerializer();

    public static final TypeInformation<EventId> TYPE = new ValueTypeInfo<>(EventId.class, INSTANCE) {};

    @Override
    public EventId createInstance() {
        return new EventId(0, 0);
    }

    @Override
    public void serialize(EventId id, DataOutputView out) throws IOException {
        out.writeLong(id.high());
        out.writeLong(id.low());
    }

    @Override
    public EventId deserialize(DataInputView in) throws IOException {
        return new EventId(in.readLong(), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<EventId> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<EventId> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
