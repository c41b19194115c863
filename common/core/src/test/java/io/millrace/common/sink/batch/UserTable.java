package io.millrace.common.sink.batch;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.serde.SampleTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/** Changes of a table {@code public.users} with the key {@code id}, as a source would give them. */
public final class UserTable {

    public static final String NAME = "public.users";

    private final SampleTable table;
    private final RowSchema schema;

    private UserTable(SampleTable table) {
        this.table = table;
        this.schema = table.schema();
    }

    /** A table with the key and these columns. */
    public static UserTable with(Map<String, SchemaBuilder> columns) {
        SampleTable table = new SampleTable().key("id", "INT4", SchemaBuilder.int32());
        columns.forEach((name, type) -> table.column(name, "X", type));
        return new UserTable(table);
    }

    public static UserTable named() {
        return with(Map.of("name", SchemaBuilder.string()));
    }

    public RowChange row(long version, int id, Map<String, ?> values) {
        Map<String, Object> row = new HashMap<>(values);
        row.put("id", id);
        return change(Operation.UPDATE, version, id, table.row(row));
    }

    public RowChange row(long version, int id, String name) {
        return row(version, id, Map.of("name", name));
    }

    public RowChange delete(long version, int id) {
        return change(Operation.DELETE, version, id, null);
    }

    /** A change of any table, as if it was that of the users; null for a row that is gone. */
    public static RowChange of(SampleTable table, long version, Map<String, ?> key, @Nullable Map<String, ?> row) {
        return change(
                table.schema(),
                row == null ? Operation.DELETE : Operation.UPDATE,
                version,
                table.keyOf(key),
                row == null ? null : table.row(row));
    }

    /** What is left of a deletion in a compacted topic: of the row nothing is known. */
    public static RowChange tombstone(SampleTable table, long version, Map<String, ?> key) {
        RowSchema keyOnly = new RowSchema(table.schema().key(), new byte[0]);
        return change(keyOnly, Operation.DELETE, version, table.keyOf(key), null);
    }

    private RowChange change(Operation operation, long version, int id, byte @Nullable [] after) {
        return change(schema, operation, version, table.keyOf(Map.of("id", id)), after);
    }

    private static RowChange change(
            RowSchema schema, Operation operation, long version, byte[] key, byte @Nullable [] after) {
        ConsumedRecord origin = new ConsumedRecord("db." + NAME, 0, version, 1_000, key, after, List.of());
        SourcePosition position = new SourcePosition(version, 0, 1_000, false, null);
        return new RowChange(NAME, operation, version, key, null, after, schema, position, origin);
    }
}
