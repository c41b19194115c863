package io.millrace.common.sink.redis;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.Columns;
import io.millrace.common.serde.DecimalForm;
import io.millrace.common.serde.DocumentWriter;
import io.millrace.common.serde.KeyTexts;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.jspecify.annotations.Nullable;

/** Makes the write of a change, by its table's route. A change that cannot be written becomes a refused entry. */
final class RowChangeConverter implements ElementConverter<RowChange, RedisEntry> {

    private static final long serialVersionUID = 1L;

    private final RedisConfig config;
    private transient @Nullable Map<String, TableWrites> tables;

    RowChangeConverter(RedisConfig config) {
        this.config = config;
    }

    @Override
    public RedisEntry apply(RowChange change, SinkWriter.@Nullable Context context) {
        return convert(change);
    }

    RedisEntry convert(RowChange change) {
        if (change.version() < 0) {
            throw new IllegalStateException("a change of " + change.table() + " has no version; it must be decided"
                    + " before the change reaches a target");
        }
        try {
            return RedisEntry.of(change, table(change.table()).write(change));
        } catch (DataException e) {
            return RedisEntry.refused(change, e);
        }
    }

    private TableWrites table(String name) throws DataException {
        if (tables == null) {
            tables = new HashMap<>();
            DocumentWriter documents = new DocumentWriter(DecimalForm.TEXT, config.maxValueBytes());
            for (RedisRoute route : config.routes()) {
                tables.put(route.table(), new TableWrites(route, config, documents));
            }
        }
        TableWrites table = tables.get(name);
        if (table == null) {
            throw new DataException("table " + name + " has no route to redis");
        }
        return table;
    }

    private static final class TableWrites {

        private final RedisRoute route;
        private final RedisConfig config;
        private final DocumentWriter documents;
        private final KeyTexts keys;
        private final ColumnSelection selection;
        private @Nullable RowSchema checked;

        TableWrites(RedisRoute route, RedisConfig config, DocumentWriter documents) {
            this.route = route;
            this.config = config;
            this.documents = documents;
            this.keys = new KeyTexts(documents);
            this.selection = new ColumnSelection(route);
        }

        VersionedWrite write(RowChange change) throws DataException {
            if (change.operation() == Operation.TRUNCATE) {
                throw new DataException("a TRUNCATE names no row, and Redis does not know the keys of a table");
            }
            Columns keyColumns = Columns.ofKey(change.schema());
            checkTemplate(change.schema(), keyColumns);
            boolean mayHoldPlaceholder = change.mayHoldPlaceholder();
            String key = route.key().render(keys.of(change.key(), keyColumns, mayHoldPlaceholder));
            if (route.mode() == RedisMode.INVALIDATE || change.isDelete()) {
                return VersionedWrite.delete(key, change.version(), config.versionRetention());
            }
            byte[] row = change.after();
            if (row == null) {
                throw new DataException("the change is no delete and has no row after it");
            }
            byte[] value = documents.write(selection.of(row), Columns.ofRow(change.schema()), mayHoldPlaceholder);
            VersionedWrite write =
                    VersionedWrite.set(key, value, change.version(), route.timeToLive(), config.versionRetention());
            return route.form() == RedisForm.HASH ? write.asHash() : write;
        }

        /** A template that does not fit the table's key is wrong for every row: the job stops for good. */
        private void checkTemplate(@Nullable RowSchema schema, Columns keyColumns) {
            if (schema == null || schema.equals(checked) || keyColumns.all().isEmpty()) {
                return;
            }
            Set<String> names = new LinkedHashSet<>();
            for (Column column : keyColumns.all()) {
                names.add(column.name());
            }
            String problem = route.key().problemWith(names, route.mode());
            if (problem != null) {
                throw new UnfitKeyTemplateException(
                        "the redis key template " + route.key() + " of table " + route.table() + " " + problem);
            }
            checked = schema;
        }
    }
}
