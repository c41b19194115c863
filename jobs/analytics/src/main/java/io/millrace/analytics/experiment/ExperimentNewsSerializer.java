package io.millrace.analytics.experiment;

import io.millrace.common.type.ValueSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link ExperimentNews}. */
final class ExperimentNewsSerializer extends ValueSerializer<ExperimentNews> {

    private static final long serialVersionUID = 1L;

    static final ExperimentNewsSerializer INSTANCE = new ExperimentNewsSerializer();

    static final TypeInformation<ExperimentNews> TYPE = new ValueTypeInfo<>(ExperimentNews.class, INSTANCE) {};

    @Override
    public ExperimentNews createInstance() {
        return new ExperimentNews("", ExperimentHitSerializer.INSTANCE.createInstance());
    }

    @Override
    public void serialize(ExperimentNews value, DataOutputView out) throws IOException {
        value.writeTo(out);
    }

    @Override
    public ExperimentNews deserialize(DataInputView in) throws IOException {
        return ExperimentNews.readFrom(in);
    }

    @Override
    public TypeSerializerSnapshot<ExperimentNews> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ExperimentNews> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
