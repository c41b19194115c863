package io.millrace.analytics.experiment;

import io.millrace.common.type.ValueSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link MismatchAlert}. */
final class MismatchAlertSerializer extends ValueSerializer<MismatchAlert> {

    private static final long serialVersionUID = 1L;

    static final MismatchAlertSerializer INSTANCE = new MismatchAlertSerializer();

    static final TypeInformation<MismatchAlert> TYPE = new ValueTypeInfo<>(MismatchAlert.class, INSTANCE) {};

    @Override
    public MismatchAlert createInstance() {
        return new MismatchAlert("", "", Moment.NEVER, 0, 0, new TreeMap<>());
    }

    @Override
    public void serialize(MismatchAlert value, DataOutputView out) throws IOException {
        value.writeTo(out);
    }

    @Override
    public MismatchAlert deserialize(DataInputView in) throws IOException {
        return MismatchAlert.readFrom(in);
    }

    @Override
    public TypeSerializerSnapshot<MismatchAlert> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<MismatchAlert> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
