package io.millrace.audit.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Fields;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.replay.Version;
import io.millrace.common.sink.clickhouse.ClickHouseRoute;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes rows of {@code audit_events}: what people search for, as encrypted as in the archive, and where it is there. */
public final class EventsTable {

    private static final String NAME = "audit_events";

    private static final String TIME = "\"int64\",\"name\":\"io.debezium.time.Timestamp\"";

    private static final List<String> KEY = List.of(
            field("timestamp", TIME, false),
            field("partition", "\"int64\"", false),
            field("offset", "\"int64\"", false));

    private static final List<String> VALUES = List.of(
            field("dt", "\"string\"", false),
            field("kind", "\"string\"", false),
            field("event_time", TIME, true),
            field("event_id", "\"string\"", true),
            field("event_type", "\"string\"", true),
            field("user_id", "\"string\"", true),
            field("accessed_by", "\"string\"", true),
            field("resource_id", "\"string\"", true),
            field("metadata", "\"string\"", true));

    private static final RowSchema SCHEMA = new RowSchema(
            bytes("{\"type\":\"struct\",\"fields\":[" + String.join(",", KEY) + "]}"),
            bytes("{\"type\":\"struct\",\"fields\":[{\"type\":\"struct\",\"fields\":["
                    + Stream.concat(KEY.stream(), VALUES.stream()).collect(Collectors.joining(","))
                    + "],\"optional\":true,\"field\":\"after\"}]}"));

    private static final SourcePosition NOWHERE = new SourcePosition(0, 0, 0, false, null);

    /** A record never changes, and so has one version. */
    private static final long ONLY = Version.of(0, 1);

    private static final JsonMapper JSON = new JsonMapper();

    private EventsTable() {}

    private static String field(String name, String type, boolean optional) {
        return "{\"type\":" + type + ",\"optional\":" + optional + ",\"field\":\"" + name + "\"}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns where the rows go; the types are those that the migration gives the table. */
    public static ClickHouseRoute route() {
        return new ClickHouseRoute(
                NAME,
                NAME,
                Map.ofEntries(
                        Map.entry("timestamp", "DateTime64(3, 'UTC')"),
                        Map.entry("partition", "Int64"),
                        Map.entry("offset", "Int64"),
                        Map.entry("dt", "String"),
                        Map.entry("kind", "String"),
                        Map.entry("event_time", "Nullable(DateTime64(3, 'UTC'))"),
                        Map.entry("event_id", "Nullable(String)"),
                        Map.entry("event_type", "Nullable(String)"),
                        Map.entry("user_id", "Nullable(String)"),
                        Map.entry("accessed_by", "Nullable(String)"),
                        Map.entry("resource_id", "Nullable(String)"),
                        Map.entry("metadata", "Nullable(String)")));
    }

    static RowChange row(int partition, LocalDate day, Entry entry) {
        ObjectNode key = JsonNodeFactory.instance.objectNode();
        key.put("timestamp", entry.timestamp());
        key.put("partition", (long) partition);
        key.put("offset", entry.offset());
        ObjectNode row = key.deepCopy();
        row.put("dt", day.toString());
        putFields(row, entry.fields());
        return new RowChange(NAME, Operation.UPDATE, ONLY, json(key), null, json(row), SCHEMA, NOWHERE, null);
    }

    private static void putFields(ObjectNode row, Fields fields) {
        row.put("kind", fields.kind().text());
        row.put("event_time", fields.eventTime());
        row.put("event_id", fields.eventId());
        row.put("event_type", fields.eventType());
        row.put("user_id", fields.userId());
        row.put("accessed_by", fields.accessedBy());
        row.put("resource_id", fields.resourceId());
        row.put("metadata", fields.metadata());
    }

    private static byte[] json(ObjectNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers was not written", e);
        }
    }
}
