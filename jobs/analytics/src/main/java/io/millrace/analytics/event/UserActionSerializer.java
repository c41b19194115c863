package io.millrace.analytics.event;

import io.millrace.common.type.ValueSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link UserAction}. */
public final class UserActionSerializer extends ValueSerializer<UserAction> {

    private static final long serialVersionUID = 1L;

    public static final UserActionSerializer INSTANCE = new UserActionSerializer();

    public static final TypeInformation<UserAction> TYPE = new ValueTypeInfo<>(UserAction.class, INSTANCE) {};

    @Override
    public UserAction createInstance() {
        return new UserAction("", ActionSerializer.INSTANCE.createInstance(), List.of(), null, null, null);
    }

    @Override
    public void serialize(UserAction action, DataOutputView out) throws IOException {
        StringSerializer.INSTANCE.serialize(action.userId(), out);
        ActionSerializer.INSTANCE.serialize(action.action(), out);
        out.writeInt(action.items().size());
        for (LineItem item : action.items()) {
            item.writeTo(out);
        }
        SearchTrace trace = action.trace();
        out.writeBoolean(trace != null);
        if (trace != null) {
            trace.writeTo(out);
        }
        StringSerializer.INSTANCE.serialize(action.sessionId(), out);
        Exposure exposure = action.exposure();
        out.writeBoolean(exposure != null);
        if (exposure != null) {
            exposure.writeTo(out);
        }
    }

    @Override
    public UserAction deserialize(DataInputView in) throws IOException {
        String userId = StringSerializer.INSTANCE.deserialize(in);
        Action action = ActionSerializer.INSTANCE.deserialize(in);
        int count = in.readInt();
        List<LineItem> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(LineItem.readFrom(in));
        }
        SearchTrace trace = in.readBoolean() ? SearchTrace.readFrom(in) : null;
        String sessionId = StringSerializer.INSTANCE.deserialize(in);
        Exposure exposure = in.readBoolean() ? Exposure.readFrom(in) : null;
        return new UserAction(userId, action, items, trace, sessionId, exposure);
    }

    @Override
    public TypeSerializerSnapshot<UserAction> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<UserAction> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
