package io.millrace.common.event;

import io.millrace.common.type.Binary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Binary form of a {@link RowSchema} that goes along with each change. A schema is kilobytes of JSON that repeats
 * itself, often more than the row: it is deflated (RFC 1951) once, and inflated where it is seen first. Who reads one
 * gets the one instance of the JVM, so that whoever caches by schema finds it.
 *
 * <p>Savepoints of earlier releases hold the two texts as they are; they are read as well.
 */
final class RowSchemaSerializer {

    /** Stands where earlier releases wrote the length of the key's schema. */
    private static final int PACKED = -2;

    /** Stands there if the forms of the columns go along. */
    private static final int PACKED_WITH_FORMS = -3;

    private static final int NULL = -1;
    private static final int MOST_SCHEMAS = 10_000;
    private static final ConcurrentMap<RowSchema, RowSchema> SCHEMAS = new ConcurrentHashMap<>();
    private static final ConcurrentMap<Packed, RowSchema> BY_FORM = new ConcurrentHashMap<>();

    private RowSchemaSerializer() {}

    /** Compares hundreds of bytes, where the schema has thousands. */
    private record Packed(byte[] bytes, boolean withForms) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Packed packed
                    && withForms == packed.withForms
                    && Arrays.equals(bytes, packed.bytes);
        }

        @Override
        public int hashCode() {
            CRC32C crc = new CRC32C(); // a few bytes in each cycle of the processor
            crc.update(bytes);
            return (int) crc.getValue();
        }
    }

    static void serialize(@Nullable RowSchema schema, DataOutputView out) throws IOException {
        if (schema == null) {
            out.writeInt(NULL);
            return;
        }
        byte[] packed = schema.packed();
        if (packed == null) {
            packed = pack(schema);
            schema.pack(packed);
        }
        out.writeInt(schema.forms() == null ? PACKED : PACKED_WITH_FORMS);
        Binary.writeBytes(packed, out);
    }

    static @Nullable RowSchema deserialize(DataInputView in) throws IOException {
        int form = in.readInt();
        if (form == NULL) {
            return null;
        }
        if (form >= 0) {
            byte[] key = new byte[form];
            in.readFully(key);
            return interned(new RowSchema(key, Binary.readBytes(in)));
        }
        Packed packed = new Packed(Binary.readBytes(in), form == PACKED_WITH_FORMS);
        RowSchema known = BY_FORM.get(packed);
        if (known != null) {
            return known;
        }
        RowSchema schema = interned(unpack(packed));
        if (BY_FORM.size() < MOST_SCHEMAS) {
            BY_FORM.put(packed, schema);
        }
        return schema;
    }

    private static RowSchema interned(RowSchema schema) {
        RowSchema known = SCHEMAS.get(schema);
        if (known == null && SCHEMAS.size() < MOST_SCHEMAS) {
            known = SCHEMAS.putIfAbsent(schema, schema);
        }
        return known == null ? schema : known;
    }

    private static byte[] pack(RowSchema schema) throws IOException {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(packed, deflater))) {
            out.writeInt(schema.key().length);
            out.write(schema.key());
            if (schema.forms() != null) {
                writeForms(schema.forms(), out);
            }
            out.write(schema.value());
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    private static RowSchema unpack(Packed packed) throws IOException {
        Inflater inflater = new Inflater(true);
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed.bytes()), inflater)) {
            DataInputDeserializer parts = new DataInputDeserializer(in.readAllBytes());
            byte[] key = Binary.readBytes(parts);
            ColumnForms forms = packed.withForms() ? readForms(parts) : null;
            byte[] value = new byte[parts.available()];
            parts.readFully(value);
            return new RowSchema(key, value, forms);
        } finally {
            inflater.end();
        }
    }

    private static void writeForms(ColumnForms forms, DataOutput out) throws IOException {
        out.writeLong(forms.since());
        out.writeInt(forms.columns().size());
        for (Map.Entry<String, ColumnForms.Form> column : new TreeMap<>(forms.columns()).entrySet()) {
            out.writeUTF(column.getKey());
            out.writeInt(column.getValue().type());
            out.writeInt(column.getValue().altered());
        }
    }

    private static ColumnForms readForms(DataInput in) throws IOException {
        long since = in.readLong();
        int count = in.readInt();
        Map<String, ColumnForms.Form> columns = new HashMap<>();
        for (int i = 0; i < count; i++) {
            columns.put(in.readUTF(), new ColumnForms.Form(in.readInt(), in.readInt()));
        }
        return new ColumnForms(since, columns);
    }
}
