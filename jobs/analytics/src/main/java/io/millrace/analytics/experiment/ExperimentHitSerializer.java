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

/** Binary form of {@link ExperimentHit}. */
final class ExperimentHitSerializer extends ValueSerializer<ExperimentHit> {

    private static final long serialVersionUID = 1L;

    static final ExperimentHitSerializer INSTANCE = new ExperimentHitSerializer();

    static final TypeInformation<ExperimentHit> TYPE = new ValueTypeInfo<>(ExperimentHit.class, INSTANCE) {};

    @Override
    public ExperimentHit createInstance() {
        return new ExperimentHit(new Stamp(0, 0, 0, null), Variants.NONE, 0);
    }

    @Override
    public void serialize(ExperimentHit value, DataOutputView out) throws IOException {
        value.writeTo(out);
    }

    @Override
    public ExperimentHit deserialize(DataInputView in) throws IOException {
        return ExperimentHit.readFrom(in);
    }

    @Override
    public TypeSerializerSnapshot<ExperimentHit> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ExperimentHit> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
