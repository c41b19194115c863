package io.millrace.cdc.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DataException;
import io.millrace.common.replay.Version;
import io.millrace.common.serde.Columns;
import io.millrace.common.sink.notification.Notification;
import io.millrace.common.sink.notification.Notification.Origin;
import io.millrace.common.sink.notification.NotificationRoute;
import io.millrace.common.sink.notification.ToldChange;
import io.millrace.common.sink.redis.ColumnSelection;
import io.millrace.common.sink.redis.KeyTemplate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the notifications of one table are made. */
final class NotificationForm {

    private static final int ID_BYTES = 16;

    private final NotificationRoute route;
    private final ColumnSelection selection;
    private final RowDocuments documents = new RowDocuments();

    NotificationForm(NotificationRoute route) {
        this.route = route;
        this.selection = new ColumnSelection(needed(route), Set.of());
    }

    /** Columns that nobody asked for are not even read. */
    private static Set<String> needed(NotificationRoute route) {
        Set<String> needed = new HashSet<>(route.columns());
        KeyTemplate room = route.room();
        if (!needed.isEmpty() && room != null) {
            needed.addAll(room.columns());
        }
        return needed;
    }

    /** Whether somebody is told of such a change. */
    boolean tells(RowChange change) {
        return ToldChange.of(change).filter(route.on()::contains).isPresent();
    }

    ObjectNode emptyRow() {
        return documents.empty();
    }

    /** Returns the needed columns of the row after a change. */
    ObjectNode row(RowChange change) throws DataException {
        byte[] row = change.after();
        if (row == null) {
            throw new DataException("the change is no delete and has no row after it");
        }
        return documents.of(selection.of(row), Columns.ofRow(change.schema()), change.mayHoldPlaceholder());
    }

    /** Returns what of a row is compared. */
    Map<String, Long> columns(ObjectNode row) {
        return KnownColumns.of(
                row, column -> route.columns().isEmpty() || route.columns().contains(column));
    }

    /**
     * Returns what is compared of the row before a change, or null if the change does not tell. Postgres tells the whole
     * row or only the columns of an identity, the others being null; the first is assumed if the key is what it is.
     */
    @Nullable
    Map<String, Long> columnsBefore(RowChange change) throws DataException {
        byte[] before = change.before();
        if (before == null) {
            return null;
        }
        Columns columns = Columns.ofRow(change.schema());
        ObjectNode key = key(change);
        ObjectNode whole = documents.of(before, columns, false);
        for (Map.Entry<String, JsonNode> field : key.properties()) {
            if (!field.getValue().equals(whole.get(field.getKey()))) {
                return null;
            }
        }
        return columns(whole);
    }

    private ObjectNode key(RowChange change) throws DataException {
        return documents.of(change.key(), Columns.ofKey(change.schema()), change.mayHoldPlaceholder());
    }

    /**
     * Makes a notification.
     *
     * @param row after the change; empty for a delete
     * @param changed names of its columns
     */
    Notification of(RowChange change, ObjectNode row, Set<String> changed) throws IOException, DataException {
        ObjectNode key = key(change);
        ObjectNode values = documents.empty();
        changed.stream().filter(column -> !key.has(column)).forEach(column -> values.set(column, row.get(column)));
        byte[] data = RowDocuments.bytes(data(change, key, values));
        if (data.length > route.largest()) {
            throw new DataException("the notification would have " + data.length + " bytes; at most " + route.largest()
                    + " are sent. Choose fewer `columns` in the route, or raise `targets.notifications.largest`");
        }
        return new Notification(
                change.table(),
                route.event(),
                route.namespace(),
                room(key, row),
                RowDocuments.bytes(key),
                data,
                change.source().commitTime(),
                Origin.of(change.origin()));
    }

    private ObjectNode data(RowChange change, ObjectNode key, ObjectNode changed) throws IOException {
        String operation = ToldChange.of(change).orElseThrow().label();
        long committed = change.source().commitTime();
        ObjectNode data = documents.empty();
        data.put("id", id(change, operation, key, changed));
        data.put("table", change.table());
        data.put("operation", operation);
        data.set("key", key);
        data.set("changed", changed);
        data.put("version", Version.toText(change.version()));
        data.put("at", committed > 0 ? Instant.ofEpochMilli(committed).toString() : null);
        return data;
    }

    /** What is told as well, because changes of other people's topics may share a version. */
    private static String id(RowChange change, String operation, ObjectNode key, ObjectNode changed)
            throws IOException {
        byte[] digest = Digests.sha256(
                bytes(change.table()),
                RowDocuments.bytes(key),
                bytes(Long.toString(change.version())),
                bytes(operation),
                RowDocuments.bytes(changed));
        return HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES));
    }

    private @Nullable String room(ObjectNode key, ObjectNode row) throws DataException {
        KeyTemplate template = route.room();
        if (template == null) {
            return null;
        }
        Map<String, @Nullable String> values = new HashMap<>();
        for (String column : template.columns()) {
            JsonNode value = row.has(column) ? row.get(column) : key.get(column);
            if (value == null) {
                throw new DataException(
                        "room " + template + " needs the column \"" + column + "\", which the change does not tell");
            }
            values.put(column, RowDocuments.text(value));
        }
        return values.containsValue(null) ? null : template.render(values);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
