package io.millrace.common.sink.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ConsumedRecord.Header;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.replay.Version;
import java.util.Arrays;
import java.util.List;
import org.elasticsearch.index.VersionType;
import org.jspecify.annotations.Nullable;

/** Row changes as a source would give them. */
final class Changes {

    static final String TABLE = "public.users";

    private Changes() {}

    /** A row with the key {@code {"id":id}}. */
    static RowChange row(long version, long id, String after) {
        return row(version, "{\"id\":" + id + "}", after, null);
    }

    static RowChange row(long version, String key, String after, @Nullable RowSchema schema) {
        return change(Operation.UPDATE, version, key.getBytes(UTF_8), after.getBytes(UTF_8), schema);
    }

    static RowChange delete(long version, long id) {
        return change(Operation.DELETE, version, ("{\"id\":" + id + "}").getBytes(UTF_8), null, null);
    }

    static RowChange change(
            Operation operation, long version, byte[] key, byte @Nullable [] after, @Nullable RowSchema schema) {
        return from(List.of(), operation, version, key, after, schema);
    }

    /** A row as our own capture wrote it into its topic. */
    static RowChange captured(long version, long id, String after) {
        byte[] text = Long.toString(version).getBytes(UTF_8);
        byte[] key = ("{\"id\":" + id + "}").getBytes(UTF_8);
        return from(
                List.of(new Header(Version.HEADER, text)), Operation.UPDATE, version, key, after.getBytes(UTF_8), null);
    }

    private static RowChange from(
            List<Header> headers,
            Operation operation,
            long version,
            byte[] key,
            byte @Nullable [] after,
            @Nullable RowSchema schema) {
        SourcePosition position = new SourcePosition(version, 0, 1_000, false, null);
        ConsumedRecord origin = new ConsumedRecord("dbserver1.public.users", 0, version, 1_000, key, after, headers);
        return new RowChange(TABLE, operation, version, key, null, after, schema, position, origin);
    }

    /** What the writer makes of changes, with every default. */
    static List<RowRequest> requests(RowChange... changes) {
        RowEmitter emitter = new RowEmitter(
                List.of(new IndexRoute(TABLE, "users", null)),
                ElasticsearchConfig.Documents.defaults(),
                VersionType.EXTERNAL_GTE);
        return Arrays.stream(changes).map(emitter::request).toList();
    }
}
