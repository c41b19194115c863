package io.millrace.analytics.model;

import io.millrace.common.type.ValueSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link HighValueUser}. */
public final class HighValueUserSerializer extends ValueSerializer<HighValueUser> {

    private static final long serialVersionUID = 1L;

    static final HighValueUserSerializer INSTANCE = new HighValueUserSerializer();

    public static final TypeInformation<HighValueUser> TYPE = new ValueTypeInfo<>(HighValueUser.class, INSTANCE) {};

    @Override
    public HighValueUser createInstance() {
        return new HighValueUser("", UserActivitySerializer.INSTANCE.createInstance());
    }

    @Override
    public void serialize(HighValueUser user, DataOutputView out) throws IOException {
        out.writeUTF(user.source());
        UserActivitySerializer.INSTANCE.serialize(user.activity(), out);
    }

    @Override
    public HighValueUser deserialize(DataInputView in) throws IOException {
        return new HighValueUser(in.readUTF(), UserActivitySerializer.INSTANCE.deserialize(in));
    }

    @Override
    public TypeSerializerSnapshot<HighValueUser> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<HighValueUser> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
