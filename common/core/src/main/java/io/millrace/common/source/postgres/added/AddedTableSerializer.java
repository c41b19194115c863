package io.millrace.common.source.postgres.added;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.StringValue;

/** Writes a table that is read or is to be. */
final class AddedTableSerializer implements SimpleVersionedSerializer<AddedTable> {

    static final AddedTableSerializer INSTANCE = new AddedTableSerializer();

    private static final int VERSION = 1;
    private static final int USUAL_BYTES = 64;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(AddedTable table) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(USUAL_BYTES);
        write(table, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public AddedTable deserialize(int version, byte[] bytes) throws IOException {
        require(version);
        return read(new DataInputDeserializer(bytes));
    }

    static void write(AddedTable table, DataOutputSerializer out) throws IOException {
        out.writeUTF(table.name());
        out.writeLong(table.begin().position());
        StringValue.writeString(table.begin().storage(), out);
        out.writeBoolean(table.ended());
    }

    static AddedTable read(DataInputDeserializer in) throws IOException {
        return new AddedTable(
                in.readUTF(), new TableBegin(in.readLong(), StringValue.readString(in)), in.readBoolean());
    }

    static void require(int version) throws IOException {
        if (version != VERSION) {
            throw new IOException("added tables were saved in version " + version + ", by a newer Millrace; this one"
                    + " reads version " + VERSION);
        }
    }
}
