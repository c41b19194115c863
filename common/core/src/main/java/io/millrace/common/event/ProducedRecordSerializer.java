package io.millrace.common.event;

import io.millrace.common.type.Binary;
import io.millrace.common.type.ValueSerializer;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link ProducedRecord}. */
public final class ProducedRecordSerializer extends ValueSerializer<ProducedRecord> {

    private static final long serialVersionUID = 1L;

    public static final ProducedRecordSerializer INSTANCE = new ProducedRecordSerializer();

    @Override
    public ProducedRecord createInstance() {
        return new ProducedRecord("", null, null, List.of());
    }

    @Override
    public void serialize(ProducedRecord record, DataOutputView out) throws IOException {
        out.writeUTF(record.topic());
        Binary.writeBytes(record.key(), out);
        Binary.writeBytes(record.value(), out);
        ConsumedRecordSerializer.writeHeaders(record.headers(), out);
    }

    @Override
    public ProducedRecord deserialize(DataInputView in) throws IOException {
        return new ProducedRecord(
                in.readUTF(),
                Binary.readNullableBytes(in),
                Binary.readNullableBytes(in),
                ConsumedRecordSerializer.readHeaders(in));
    }

    @Override
    public TypeSerializerSnapshot<ProducedRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ProducedRecord> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
