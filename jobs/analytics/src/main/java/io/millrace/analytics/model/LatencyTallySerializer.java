package io.millrace.analytics.model;

import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link LatencyTally}: 28 bytes, and 16 for each bucket of durations. */
public final class LatencyTallySerializer extends MutableSerializer<LatencyTally> {

    private static final long serialVersionUID = 1L;

    static final LatencyTallySerializer INSTANCE = new LatencyTallySerializer();

    public static final TypeInformation<LatencyTally> TYPE = new ValueTypeInfo<>(LatencyTally.class, INSTANCE) {};

    @Override
    public LatencyTally createInstance() {
        return new LatencyTally();
    }

    @Override
    public LatencyTally copy(LatencyTally from) {
        return from.copy();
    }

    @Override
    public void serialize(LatencyTally tally, DataOutputView out) throws IOException {
        tally.writeTo(out);
    }

    @Override
    public LatencyTally deserialize(DataInputView in) throws IOException {
        return LatencyTally.readFrom(in);
    }

    @Override
    public TypeSerializerSnapshot<LatencyTally> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<LatencyTally> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
