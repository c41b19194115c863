package io.millrace.analytics.session;

import io.millrace.analytics.event.ActionType;
import io.millrace.analytics.event.Stamp;
import io.millrace.common.type.ValueSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link Step}. */
final class StepSerializer extends ValueSerializer<Step> {

    private static final long serialVersionUID = 1L;

    static final StepSerializer INSTANCE = new StepSerializer();

    @Override
    public Step createInstance() {
        return new Step(new Stamp(0, 0, 0, null), "", ActionType.OTHER);
    }

    @Override
    public void serialize(Step step, DataOutputView out) throws IOException {
        step.stamp().writeTo(out);
        StringSerializer.INSTANCE.serialize(step.page(), out);
        out.writeByte(step.type().code());
    }

    @Override
    public Step deserialize(DataInputView in) throws IOException {
        return new Step(
                Stamp.readFrom(in), StringSerializer.INSTANCE.deserialize(in), ActionType.ofCode(in.readByte()));
    }

    @Override
    public TypeSerializerSnapshot<Step> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Step> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
