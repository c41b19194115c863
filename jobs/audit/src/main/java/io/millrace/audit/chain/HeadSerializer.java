package io.millrace.audit.chain;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.manifest.Head;
import io.millrace.common.type.ValueSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link Head}, a state. */
public final class HeadSerializer extends ValueSerializer<Head> {

    private static final long serialVersionUID = 1L;

    private static final int FORM = 1;

    public static final HeadSerializer INSTANCE = new HeadSerializer();

    @Override
    public Head createInstance() {
        return new Head(-1, Hash.ZERO, null);
    }

    @Override
    public void serialize(Head head, DataOutputView out) throws IOException {
        StateForm.write(FORM, out);
        out.writeLong(head.lastOffset());
        Forms.writeHash(head.lastHash(), out);
        Forms.writeDay(head.day(), out);
    }

    @Override
    public Head deserialize(DataInputView in) throws IOException {
        StateForm.read(FORM, in);
        return new Head(in.readLong(), Forms.readHash(in), Forms.readDay(in));
    }

    @Override
    public TypeSerializerSnapshot<Head> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Head> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
