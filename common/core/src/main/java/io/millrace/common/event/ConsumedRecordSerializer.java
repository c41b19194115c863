package io.millrace.common.event;

import io.millrace.common.event.ConsumedRecord.Header;
import io.millrace.common.type.Binary;
import io.millrace.common.type.ValueSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link ConsumedRecord}. */
public final class ConsumedRecordSerializer extends ValueSerializer<ConsumedRecord> {

    private static final long serialVersionUID = 1L;

    public static final ConsumedRecordSerializer INSTANCE = new ConsumedRecordSerializer();

    @Override
    public ConsumedRecord createInstance() {
        return new ConsumedRecord("", 0, 0, 0, null, null, List.of());
    }

    @Override
    public void serialize(ConsumedRecord record, DataOutputView out) throws IOException {
        out.writeUTF(record.topic());
        out.writeInt(record.partition());
        out.writeLong(record.offset());
        out.writeLong(record.timestamp());
        Binary.writeBytes(record.key(), out);
        Binary.writeBytes(record.value(), out);
        writeHeaders(record.headers(), out);
    }

    @Override
    public ConsumedRecord deserialize(DataInputView in) throws IOException {
        return new ConsumedRecord(
                in.readUTF(),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                Binary.readNullableBytes(in),
                Binary.readNullableBytes(in),
                readHeaders(in));
    }

    static void writeHeaders(List<Header> headers, DataOutputView out) throws IOException {
        out.writeInt(headers.size());
        for (Header header : headers) {
            out.writeUTF(header.name());
            Binary.writeBytes(header.value(), out);
        }
    }

    static List<Header> readHeaders(DataInputView in) throws IOException {
        int count = in.readInt();
        if (count == 0) {
            return List.of();
        }
        List<Header> headers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            headers.add(new Header(in.readUTF(), Binary.readNullableBytes(in)));
        }
        return headers;
    }

    @Override
    public TypeSerializerSnapshot<ConsumedRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ConsumedRecord> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
