package io.millrace.analytics.model;

import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link RevenueTally}: some 50 bytes. */
public final class RevenueTallySerializer extends MutableSerializer<RevenueTally> {

    private static final long serialVersionUID = 1L;

    static final RevenueTallySerializer INSTANCE = new RevenueTallySerializer();

    public static final TypeInformation<RevenueTally> TYPE = new ValueTypeInfo<>(RevenueTally.class, INSTANCE) {};

    @Override
    public RevenueTally createInstance() {
        return new RevenueTally();
    }

    @Override
    public RevenueTally copy(RevenueTally from) {
        return from.copy();
    }

    @Override
    public void serialize(RevenueTally tally, DataOutputView out) throws IOException {
        tally.writeTo(out);
    }

    @Override
    public RevenueTally deserialize(DataInputView in) throws IOException {
        return RevenueTally.readFrom(in);
    }

    @Override
    public TypeSerializerSnapshot<RevenueTally> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RevenueTally> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
