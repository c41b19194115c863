package io.millrace.common.event;

import io.millrace.common.type.Binary;
import io.millrace.common.type.ValueSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link RowChange}. */
public final class RowChangeSerializer extends ValueSerializer<RowChange> {

    private static final long serialVersionUID = 1L;

    public static final RowChangeSerializer INSTANCE = new RowChangeSerializer();

    @Override
    public RowChange createInstance() {
        SourcePosition nowhere = new SourcePosition(0, 0, 0, false, null);
        return new RowChange("", Operation.READ, RowChange.UNVERSIONED, new byte[0], null, null, null, nowhere, null);
    }

    @Override
    public void serialize(RowChange change, DataOutputView out) throws IOException {
        out.writeUTF(change.table());
        out.writeByte(change.operation().code());
        out.writeLong(change.version());
        Binary.writeBytes(change.key(), out);
        Binary.writeBytes(change.before(), out);
        Binary.writeBytes(change.after(), out);
        RowSchemaSerializer.serialize(change.schema(), out);
        writePosition(change.source(), out);
        out.writeBoolean(change.origin() != null);
        if (change.origin() != null) {
            ConsumedRecordSerializer.INSTANCE.serialize(change.origin(), out);
        }
    }

    @Override
    public RowChange deserialize(DataInputView in) throws IOException {
        return new RowChange(
                in.readUTF(),
                Operation.ofOwn((char) in.readByte()),
                in.readLong(),
                Binary.readBytes(in),
                Binary.readNullableBytes(in),
                Binary.readNullableBytes(in),
                RowSchemaSerializer.deserialize(in),
                readPosition(in),
                in.readBoolean() ? ConsumedRecordSerializer.INSTANCE.deserialize(in) : null);
    }

    private static void writePosition(SourcePosition position, DataOutputView out) throws IOException {
        out.writeLong(position.lsn());
        out.writeLong(position.previousCommit());
        out.writeLong(position.commitTime());
        out.writeBoolean(position.snapshot());
        Binary.writeBytes(position.block(), out);
    }

    private static SourcePosition readPosition(DataInputView in) throws IOException {
        return new SourcePosition(
                in.readLong(), in.readLong(), in.readLong(), in.readBoolean(), Binary.readNullableBytes(in));
    }

    @Override
    public TypeSerializerSnapshot<RowChange> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RowChange> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
