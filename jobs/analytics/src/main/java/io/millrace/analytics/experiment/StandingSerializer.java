package io.millrace.analytics.experiment;

import io.millrace.analytics.model.MutableSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link Standing}: some 20 bytes for each variant. */
final class StandingSerializer extends MutableSerializer<Standing> {

    private static final long serialVersionUID = 1L;

    static final StandingSerializer INSTANCE = new StandingSerializer();

    static final TypeInformation<Standing> TYPE = new ValueTypeInfo<>(Standing.class, INSTANCE) {};

    @Override
    public Standing createInstance() {
        return new Standing();
    }

    @Override
    public Standing copy(Standing from) {
        return from.copy();
    }

    @Override
    public void serialize(Standing value, DataOutputView out) throws IOException {
        value.writeTo(out);
    }

    @Override
    public Standing deserialize(DataInputView in) throws IOException {
        return Standing.readFrom(in);
    }

    @Override
    public TypeSerializerSnapshot<Standing> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Standing> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
