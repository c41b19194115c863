package io.millrace.common.source.postgres.added;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes what a capture knows of its tables. */
final class KnownTablesSerializer implements SimpleVersionedSerializer<KnownTables> {

    static final KnownTablesSerializer INSTANCE = new KnownTablesSerializer();

    private static final int USUAL_BYTES = 512;

    @Override
    public int getVersion() {
        return AddedTableSerializer.INSTANCE.getVersion();
    }

    @Override
    public byte[] serialize(KnownTables tables) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(USUAL_BYTES);
        out.writeInt(tables.known().size());
        for (String table : new TreeSet<>(tables.known())) {
            out.writeUTF(table);
        }
        out.writeInt(tables.unread().size());
        for (AddedTable table : tables.unread()) {
            AddedTableSerializer.write(table, out);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public KnownTables deserialize(int version, byte[] bytes) throws IOException {
        AddedTableSerializer.require(version);
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        Set<String> known = new HashSet<>();
        for (int left = in.readInt(); left > 0; left--) {
            known.add(in.readUTF());
        }
        List<AddedTable> unread = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            unread.add(AddedTableSerializer.read(in));
        }
        return new KnownTables(known, unread);
    }
}
