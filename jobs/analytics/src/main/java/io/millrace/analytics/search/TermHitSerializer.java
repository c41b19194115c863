package io.millrace.analytics.search;

import io.millrace.common.type.ValueSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link TermHit}. */
final class TermHitSerializer extends ValueSerializer<TermHit> {

    private static final long serialVersionUID = 1L;

    static final TermHitSerializer INSTANCE = new TermHitSerializer();

    static final TypeInformation<TermHit> TYPE = new ValueTypeInfo<>(TermHit.class, INSTANCE) {};

    @Override
    public TermHit createInstance() {
        return new TermHit("", HitSerializer.INSTANCE.createInstance());
    }

    @Override
    public void serialize(TermHit hit, DataOutputView out) throws IOException {
        out.writeUTF(hit.term());
        HitSerializer.INSTANCE.serialize(hit.hit(), out);
    }

    @Override
    public TermHit deserialize(DataInputView in) throws IOException {
        return new TermHit(in.readUTF(), HitSerializer.INSTANCE.deserialize(in));
    }

    @Override
    public TypeSerializerSnapshot<TermHit> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TermHit> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
