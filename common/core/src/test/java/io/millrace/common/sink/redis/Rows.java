package io.millrace.common.sink.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ConsumedRecord.Header;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.replay.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes of one table as a source would give them; a row tells the version it was written with. */
final class Rows {

    static final String TABLE = "public.users";

    private Rows() {}

    static RowChange row(long version, long id) {
        return row(version, key(id), document(version, id));
    }

    static RowChange row(long version, String key, String after) {
        return change(Operation.UPDATE, version, key, after, null);
    }

    static RowChange delete(long version, long id) {
        return change(Operation.DELETE, version, key(id), null, null);
    }

    static RowChange change(
            Operation operation, long version, String key, @Nullable String after, @Nullable RowSchema schema) {
        byte[] row = after == null ? null : after.getBytes(UTF_8);
        SourcePosition position = new SourcePosition(version, 0, 1_000, false, null);
        ConsumedRecord origin =
                new ConsumedRecord("dbserver1.public.users", 0, version, 1_000, key.getBytes(UTF_8), row, List.of());
        return new RowChange(TABLE, operation, version, key.getBytes(UTF_8), null, row, schema, position, origin);
    }

    /** The same row, read from a topic that our own capture wrote. */
    static RowChange captured(RowChange change) {
        byte[] version = Long.toString(change.version()).getBytes(UTF_8);
        ConsumedRecord origin = new ConsumedRecord(
                "dbserver1.public.users",
                0,
                1,
                1_000,
                change.key(),
                change.after(),
                List.of(new Header(Version.HEADER, version)));
        return from(change, origin);
    }

    /** The same row, captured by the job that writes it. */
    static RowChange direct(RowChange change) {
        return from(change, null);
    }

    private static RowChange from(RowChange change, @Nullable ConsumedRecord origin) {
        return new RowChange(
                change.table(),
                change.operation(),
                change.version(),
                change.key(),
                change.before(),
                change.after(),
                change.schema(),
                change.source(),
                origin);
    }

    static String key(long id) {
        return "{\"id\":" + id + "}";
    }

    static String document(long version, long id) {
        return "{\"id\":" + id + ",\"v\":" + version + "}";
    }
}
