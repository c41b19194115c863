package io.millrace.common.source.postgres.pgoutput;

import io.debezium.relational.TableSchema;
import io.millrace.common.source.postgres.Unchanged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows and keys of one table as JSON: value by value straight from the message, and by {@link StructRows} a
 * row that holds one whose form is not plain.
 */
final class Rows {

    private static final byte[] NO_KEY = new byte[0];
    private static final byte[] UNCHANGED = Unchanged.JSON.getBytes(StandardCharsets.UTF_8);

    private final Part row;
    private final @Nullable Part key;
    private final List<byte[]> absent;
    private final StructRows structs;
    private final JsonBytes json = new JsonBytes();

    /**
     * Some columns of the table.
     *
     * @param numbers which ones, from 0
     * @param names what stands before each value
     * @param forms of each; null if its values are never plain
     */
    private record Part(
            int[] numbers, byte[][] names, @Nullable PrintedForm[] forms) {

        static Part of(Schema part, Schema row) {
            int count = part.fields().size();
            Part columns = new Part(new int[count], new byte[count][], new PrintedForm[count]);
            for (int i = 0; i < count; i++) {
                Field field = part.fields().get(i);
                byte[] name = field.name().getBytes(StandardCharsets.UTF_8);
                columns.numbers[i] = row.field(field.name()).index();
                columns.names[i] = new JsonBytes()
                        .raw(i == 0 ? '{' : ',')
                        .text(name, 0, name.length)
                        .raw(':')
                        .toBytes();
                columns.forms[i] = PrintedForm.of(field.schema());
            }
            return columns;
        }
    }

    Rows(TableSchema schema, StructRows structs) throws IOException {
        this.row = Part.of(schema.valueSchema(), schema.valueSchema());
        this.key = schema.keySchema() == null ? null : Part.of(schema.keySchema(), schema.valueSchema());
        this.absent = structs.absent();
        this.structs = structs;
    }

    byte[] row(Tuple tuple) throws IOException {
        return write(tuple, row) ? json.toBytes() : structs.row(tuple);
    }

    /** Returns the key; empty if the table has none. */
    byte[] key(Tuple tuple) throws IOException {
        if (key == null) {
            return NO_KEY;
        }
        return write(tuple, key) ? json.toBytes() : structs.key(tuple);
    }

    private boolean write(Tuple tuple, Part part) {
        json.clear();
        for (int i = 0; i < part.numbers.length; i++) {
            int column = part.numbers[i];
            json.raw(part.names[i]);
            if (tuple.isNull(column)) {
                json.raw(absent.get(column));
            } else if (tuple.isUnchanged(column)) {
                json.raw(UNCHANGED);
            } else if (part.forms[i] == null || !tuple.write(column, part.forms[i], json)) {
                return false;
            }
        }
        json.raw('}');
        return true;
    }
}
