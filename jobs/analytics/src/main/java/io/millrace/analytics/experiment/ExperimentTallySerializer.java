package io.millrace.analytics.experiment;

import io.millrace.analytics.model.MutableSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link ExperimentTally}: some 60 bytes for each variant, and 20 for each currency in it. */
final class ExperimentTallySerializer extends MutableSerializer<ExperimentTally> {

    private static final long serialVersionUID = 1L;

    static final ExperimentTallySerializer INSTANCE = new ExperimentTallySerializer();

    static final TypeInformation<ExperimentTally> TYPE = new ValueTypeInfo<>(ExperimentTally.class, INSTANCE) {};

    @Override
    public ExperimentTally createInstance() {
        return new ExperimentTally();
    }

    @Override
    public ExperimentTally copy(ExperimentTally from) {
        return from.copy();
    }

    @Override
    public void serialize(ExperimentTally value, DataOutputView out) throws IOException {
        value.writeTo(out);
    }

    @Override
    public ExperimentTally deserialize(DataInputView in) throws IOException {
        return ExperimentTally.readFrom(in);
    }

    @Override
    public TypeSerializerSnapshot<ExperimentTally> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ExperimentTally> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
