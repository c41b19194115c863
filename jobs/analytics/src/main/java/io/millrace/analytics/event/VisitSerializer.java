package io.millrace.analytics.event;

import io.millrace.common.type.ValueSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link Visit}. */
public final class VisitSerializer extends ValueSerializer<Visit> {

    private static final long serialVersionUID = 1L;

    public static final VisitSerializer INSTANCE = new VisitSerializer();

    public static final TypeInformation<Visit> TYPE = new ValueTypeInfo<>(Visit.class, INSTANCE) {};

    @Override
    public Visit createInstance() {
        return new Visit(new Stamp(0, 0, 0, null), Visit.NOBODY);
    }

    @Override
    public void serialize(Visit visit, DataOutputView out) throws IOException {
        visit.stamp().writeTo(out);
        out.writeLong(visit.visitor());
    }

    @Override
    public Visit deserialize(DataInputView in) throws IOException {
        return new Visit(Stamp.readFrom(in), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Visit> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Visit> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
