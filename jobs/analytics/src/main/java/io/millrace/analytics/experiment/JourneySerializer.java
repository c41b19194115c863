package io.millrace.analytics.experiment;

import io.millrace.analytics.model.MutableSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link Journey}: some 50 bytes for each experiment of a user, and 40 for each variant and purchase of an open hour. */
final class JourneySerializer extends MutableSerializer<Journey> {

    private static final long serialVersionUID = 1L;

    static final JourneySerializer INSTANCE = new JourneySerializer();

    static final TypeInformation<Journey> TYPE = new ValueTypeInfo<>(Journey.class, INSTANCE) {};

    @Override
    public Journey createInstance() {
        return new Journey();
    }

    @Override
    public Journey copy(Journey from) {
        return from.copy();
    }

    @Override
    public void serialize(Journey value, DataOutputView out) throws IOException {
        value.writeTo(out);
    }

    @Override
    public Journey deserialize(DataInputView in) throws IOException {
        return Journey.readFrom(in);
    }

    @Override
    public TypeSerializerSnapshot<Journey> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Journey> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
