package io.millrace.cdc.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import io.millrace.common.failure.WithheldRow;
import io.millrace.common.sink.redis.ColumnSelection;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes columns out of a change before a target sees it: out of its rows, and out of its schema, so that the target
 * makes no place for them. Used by one thread.
 */
final class LeaveOut {

    private static final int MOST_KNOWN = 1_000;
    private static final Set<String> ROWS = Set.of("before", "after");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<String> columns;
    private final ColumnSelection selection;
    private final Map<RowSchema, RowSchema> known = new HashMap<>();

    /** Leaves out columns by their names. */
    LeaveOut(Set<String> columns) {
        this.columns = columns;
        this.selection = new ColumnSelection(Set.of(), columns);
    }

    /** Returns the change without the columns. */
    RowChange from(RowChange change) {
        return new RowChange(
                change.table(),
                change.operation(),
                change.version(),
                change.key(),
                without(change.before()),
                without(change.after()),
                without(change.schema()),
                change.source(),
                change.origin());
    }

    /** A row that cannot be read goes on without a byte of it: the target refuses what stands there instead. */
    private byte @Nullable [] without(byte @Nullable [] row) {
        if (row == null) {
            return null;
        }
        try {
            return selection.of(row);
        } catch (DataException e) {
            return WithheldRow.because(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable RowSchema without(@Nullable RowSchema schema) {
        if (schema == null || schema.value().length == 0) {
            return schema;
        }
        RowSchema cut = known.get(schema);
        if (cut == null) {
            if (known.size() >= MOST_KNOWN) {
                known.clear();
            }
            cut = cut(schema);
            known.put(schema, cut);
        }
        return cut;
    }

    /** What is no schema stays what it is, for the target to refuse. */
    private RowSchema cut(RowSchema schema) {
        try {
            JsonNode envelope = JSON.readTree(schema.value());
            for (JsonNode part : envelope.path("fields")) {
                if (ROWS.contains(part.path("field").asText())) {
                    removeFrom(part.path("fields"));
                }
            }
            return new RowSchema(schema.key(), JSON.writeValueAsBytes(envelope), schema.forms());
        } catch (IOException e) {
            return schema;
        }
    }

    private void removeFrom(JsonNode fields) {
        for (Iterator<JsonNode> each = fields.iterator(); each.hasNext(); ) {
            if (columns.contains(each.next().path("field").asText())) {
                each.remove();
            }
        }
    }
}
