package io.millrace.analytics.event;

import io.millrace.common.type.ValueSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link Action}. */
public final class ActionSerializer extends ValueSerializer<Action> {

    private static final long serialVersionUID = 1L;

    public static final ActionSerializer INSTANCE = new ActionSerializer();

    public static final TypeInformation<Action> TYPE = new ValueTypeInfo<>(Action.class, INSTANCE) {};

    @Override
    public Action createInstance() {
        return new Action(new Stamp(0, 0, 0, null), ActionType.OTHER, null);
    }

    @Override
    public void serialize(Action action, DataOutputView out) throws IOException {
        action.stamp().writeTo(out);
        out.writeByte(action.type().code());
        Money paid = action.paid();
        out.writeBoolean(paid != null);
        if (paid != null) {
            paid.writeTo(out);
        }
    }

    @Override
    public Action deserialize(DataInputView in) throws IOException {
        return new Action(
                Stamp.readFrom(in), ActionType.ofCode(in.readByte()), in.readBoolean() ? Money.readFrom(in) : null);
    }

    @Override
    public TypeSerializerSnapshot<Action> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Action> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
