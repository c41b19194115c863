package io.millrace.analytics.search;

import io.millrace.analytics.model.MutableSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link Trail}: some 60 bytes for each search, and 40 for each click. */
final class TrailSerializer extends MutableSerializer<Trail> {

    private static final long serialVersionUID = 1L;

    static final TrailSerializer INSTANCE = new TrailSerializer();

    static final TypeInformation<Trail> TYPE = new ValueTypeInfo<>(Trail.class, INSTANCE) {};

    @Override
    public Trail createInstance() {
        return new Trail();
    }

    @Override
    public Trail copy(Trail from) {
        return from.copy();
    }

    @Override
    public void serialize(Trail trail, DataOutputView out) throws IOException {
        trail.writeTo(out);
    }

    @Override
    public Trail deserialize(DataInputView in) throws IOException {
        return Trail.readFrom(in);
    }

    @Override
    public TypeSerializerSnapshot<Trail> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Trail> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
