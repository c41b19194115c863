package io.millrace.analytics.experiment;

import io.millrace.analytics.window.Window;
import io.millrace.common.type.ValueSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link ExperimentResult}. */
final class ExperimentResultSerializer extends ValueSerializer<ExperimentResult> {

    private static final long serialVersionUID = 1L;

    static final ExperimentResultSerializer INSTANCE = new ExperimentResultSerializer();

    static final TypeInformation<ExperimentResult> TYPE = new ValueTypeInfo<>(ExperimentResult.class, INSTANCE) {};

    @Override
    public ExperimentResult createInstance() {
        return new ExperimentResult(new Window("", 0, 0), Variants.NONE, 0, Moment.NEVER);
    }

    @Override
    public void serialize(ExperimentResult value, DataOutputView out) throws IOException {
        value.writeTo(out);
    }

    @Override
    public ExperimentResult deserialize(DataInputView in) throws IOException {
        return ExperimentResult.readFrom(in);
    }

    @Override
    public TypeSerializerSnapshot<ExperimentResult> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ExperimentResult> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
