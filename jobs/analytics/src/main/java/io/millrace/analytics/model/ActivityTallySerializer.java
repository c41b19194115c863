package io.millrace.analytics.model;

import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link ActivityTally}: 68 bytes. */
public final class ActivityTallySerializer extends MutableSerializer<ActivityTally> {

    private static final long serialVersionUID = 1L;

    static final ActivityTallySerializer INSTANCE = new ActivityTallySerializer();

    public static final TypeInformation<ActivityTally> TYPE = new ValueTypeInfo<>(ActivityTally.class, INSTANCE) {};

    @Override
    public ActivityTally createInstance() {
        return new ActivityTally();
    }

    @Override
    public ActivityTally copy(ActivityTally from) {
        return from.copy();
    }

    @Override
    public void serialize(ActivityTally tally, DataOutputView out) throws IOException {
        tally.writeTo(out);
    }

    @Override
    public ActivityTally deserialize(DataInputView in) throws IOException {
        return ActivityTally.readFrom(in);
    }

    @Override
    public TypeSerializerSnapshot<ActivityTally> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ActivityTally> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
