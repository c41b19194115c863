package io.millrace.analytics.live;

import io.millrace.analytics.model.MutableSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link LiveTally}: some 25 bytes for each period. */
final class LiveTallySerializer extends MutableSerializer<LiveTally> {

    private static final long serialVersionUID = 1L;

    static final LiveTallySerializer INSTANCE = new LiveTallySerializer();

    static final TypeInformation<LiveTally> TYPE = new ValueTypeInfo<>(LiveTally.class, INSTANCE) {};

    @Override
    public LiveTally createInstance() {
        return new LiveTally();
    }

    @Override
    public LiveTally copy(LiveTally from) {
        return from.copy();
    }

    @Override
    public void serialize(LiveTally tally, DataOutputView out) throws IOException {
        tally.writeTo(out);
    }

    @Override
    public LiveTally deserialize(DataInputView in) throws IOException {
        return LiveTally.readFrom(in);
    }

    @Override
    public TypeSerializerSnapshot<LiveTally> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<LiveTally> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
