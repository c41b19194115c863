package io.millrace.analytics.search;

import io.millrace.analytics.model.MutableSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link TermTally}: 45 bytes, and a compact sketch. */
final class TermTallySerializer extends MutableSerializer<TermTally> {

    private static final long serialVersionUID = 1L;

    static final TermTallySerializer INSTANCE = new TermTallySerializer();

    static final TypeInformation<TermTally> TYPE = new ValueTypeInfo<>(TermTally.class, INSTANCE) {};

    @Override
    public TermTally createInstance() {
        return new TermTally();
    }

    @Override
    public TermTally copy(TermTally from) {
        return from.copy();
    }

    @Override
    public void serialize(TermTally tally, DataOutputView out) throws IOException {
        tally.writeTo(out);
    }

    @Override
    public TermTally deserialize(DataInputView in) throws IOException {
        return TermTally.readFrom(in);
    }

    @Override
    public TypeSerializerSnapshot<TermTally> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TermTally> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
