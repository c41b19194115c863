package io.millrace.analytics.experiment;

import io.millrace.analytics.event.Stamp;
import io.millrace.common.type.ValueSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link UserStep}. */
final class UserStepSerializer extends ValueSerializer<UserStep> {

    private static final long serialVersionUID = 1L;

    static final UserStepSerializer INSTANCE = new UserStepSerializer();

    static final TypeInformation<UserStep> TYPE = new ValueTypeInfo<>(UserStep.class, INSTANCE) {};

    @Override
    public UserStep createInstance() {
        return new UserStep(new Stamp(0, 0, 0, null), null, null);
    }

    @Override
    public void serialize(UserStep value, DataOutputView out) throws IOException {
        value.writeTo(out);
    }

    @Override
    public UserStep deserialize(DataInputView in) throws IOException {
        return UserStep.readFrom(in);
    }

    @Override
    public TypeSerializerSnapshot<UserStep> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<UserStep> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
