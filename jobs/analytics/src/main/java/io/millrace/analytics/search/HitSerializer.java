package io.millrace.analytics.search;

import io.millrace.analytics.event.Stamp;
import io.millrace.common.type.ValueSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link Hit}. */
final class HitSerializer extends ValueSerializer<Hit> {

    private static final long serialVersionUID = 1L;

    static final HitSerializer INSTANCE = new HitSerializer();

    @Override
    public Hit createInstance() {
        return new Hit(new Stamp(0, 0, 0, null), 0, 0, 0, 0);
    }

    @Override
    public void serialize(Hit hit, DataOutputView out) throws IOException {
        hit.stamp().writeTo(out);
        out.writeLong(hit.user());
        out.writeByte(hit.searches());
        out.writeByte(hit.empty());
        out.writeByte(hit.clicked());
    }

    @Override
    public Hit deserialize(DataInputView in) throws IOException {
        return new Hit(Stamp.readFrom(in), in.readLong(), in.readByte(), in.readByte(), in.readByte());
    }

    @Override
    public TypeSerializerSnapshot<Hit> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Hit> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
