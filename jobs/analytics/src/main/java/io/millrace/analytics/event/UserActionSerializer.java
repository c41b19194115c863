package io.millrace.analytics.event;

import io.millrace.common.type.ValueSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
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
        return new UserAction("", ActionSerializer.INSTANCE.createInstance());
    }

    @Override
    public void serialize(UserAction action, DataOutputView out) throws IOException {
        StringSerializer.INSTANCE.serialize(action.userId(), out);
        ActionSerializer.INSTANCE.serialize(action.action(), out);
    }

    @Override
    public UserAction deserialize(DataInputView in) throws IOException {
        return new UserAction(StringSerializer.INSTANCE.deserialize(in), ActionSerializer.INSTANCE.deserialize(in));
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
