package io.millrace.common.source.postgres.added;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes what a capture knows of its tables. */
final class KnownTablesSerializer implements SimpleVersionedSerializer<KnownTables> {

    static final KnownTablesSerializer INSTANCE = new KnownTablesSerializer();

    /** The first version that has the tables' numbers. */
    private static final int NUMBERED = 2;

    private static final int USUAL_BYTES = 512;

    @Override
    public int getVersion() {
        return NUMBERED;
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
        out.writeInt(tables.numbers().size());
        for (Map.Entry<String, Long> table : new TreeMap<>(tables.numbers()).entrySet()) {
            out.writeUTF(table.getKey());
            out.writeLong(table.getValue());
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public KnownTables deserialize(int version, byte[] bytes) throws IOException {
        if (version != NUMBERED) {
            AddedTableSerializer.require(version);
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        Set<String> known = new HashSet<>();
        for (int left = in.readInt(); left > 0; left--) {
            known.add(in.readUTF());
        }
        List<AddedTable> unread = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            unread.add(AddedTableSerializer.read(in));
        }
        return new KnownTables(known, unread, version < NUMBERED ? Map.of() : numbers(in));
    }

    private static Map<String, Long> numbers(DataInputDeserializer in) throws IOException {
        Map<String, Long> numbers = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            numbers.put(in.readUTF(), in.readLong());
        }
        return numbers;
    }
}
