package io.millrace.cdc.functions;

import io.millrace.common.event.ColumnForms;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.event.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Row changes of a table {@code public.users} with the key {@code id}, for tests. */
final class Changes {

    static final String TABLE = "public.users";

    static final RowSchema SCHEMA = new RowSchema(
            bytes("{\"type\":\"struct\",\"fields\":[{\"type\":\"int32\",\"optional\":false,\"field\":\"id\"}],"
                    + "\"optional\":false,\"name\":\"Key\"}"),
            bytes("{\"type\":\"struct\",\"fields\":[{\"type\":\"struct\",\"fields\":["
                    + "{\"type\":\"int32\",\"optional\":false,\"field\":\"id\"},"
                    + "{\"type\":\"string\",\"optional\":true,\"field\":\"bio\"}],"
                    + "\"optional\":true,\"name\":\"Value\",\"field\":\"after\"}],\"optional\":false}"));

    /** The same table, whose key has another type. */
    static final RowSchema OTHER_KEY =
            new RowSchema(bytes(text(SCHEMA.key()).replace("int32", "int64")), SCHEMA.value());

    private static final int TEXT = 25;

    private Changes() {}

    /** The same change of a table whose columns were altered last by a transaction, as was asked before all of the log. */
    static RowChange altered(int transaction, RowChange change) {
        return formed(new ColumnForms.Form(TEXT, transaction), 0, change);
    }

    /** The same change, whose columns are of a form at least since a position in the log. */
    static RowChange formed(ColumnForms.Form form, long since, RowChange change) {
        ColumnForms forms = new ColumnForms(since, Map.of("bio", form, "visits", form));
        return new RowChange(
                change.table(),
                change.operation(),
                change.version(),
                change.key(),
                change.before(),
                change.after(),
                new RowSchema(SCHEMA.key(), SCHEMA.value(), forms),
                change.source(),
                change.origin());
    }

    static RowChange snapshotRow(int id, String after) {
        return new RowChange(
                TABLE,
                Operation.READ,
                RowChange.UNVERSIONED,
                key(id),
                null,
                bytes(after),
                SCHEMA,
                at(0, 0, true),
                null);
    }

    static RowChange change(Operation operation, int id, String after, long lsn, long previousCommit) {
        return new RowChange(
                TABLE,
                operation,
                RowChange.UNVERSIONED,
                key(id),
                null,
                after == null ? null : bytes(after),
                SCHEMA,
                at(lsn, previousCommit, false),
                null);
    }

    /** The same change, of a table with another schema. */
    static RowChange withSchema(RowSchema schema, RowChange change) {
        return new RowChange(
                change.table(),
                change.operation(),
                change.version(),
                change.key(),
                change.before(),
                change.after(),
                schema,
                change.source(),
                change.origin());
    }

    /** The same change, as somebody else wrote it into a topic. */
    static RowChange readFrom(String topic, RowChange change) {
        return new RowChange(
                change.table(),
                change.operation(),
                change.version(),
                change.key(),
                change.before(),
                change.after(),
                change.schema(),
                change.source(),
                new ConsumedRecord(topic, 0, 1, 1_000, change.key(), change.after(), List.of()));
    }

    static byte[] key(int id) {
        return bytes("{\"id\":" + id + "}");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static SourcePosition at(long lsn, long previousCommit, boolean snapshot) {
        return new SourcePosition(
                lsn, previousCommit, snapshot ? 0 : 1_700_000_000_000L, snapshot, bytes("{\"lsn\":" + lsn + "}"));
    }
}
