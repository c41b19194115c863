package io.millrace.archive.parquet;

import java.util.List;

/** The columns of the archive's files, in their order. */
final class Columns {

    static final List<Column> ALL = List.of(
            Column.required("partition", ColumnType.INT32),
            Column.required("offset", ColumnType.INT64),
            Column.required("timestamp", ColumnType.TIMESTAMP),
            Column.optional("event_time", ColumnType.TIMESTAMP),
            Column.required("kind", ColumnType.TEXT),
            Column.optional("event_id", ColumnType.TEXT),
            Column.optional("event_type", ColumnType.TEXT),
            Column.optional("user_id", ColumnType.TEXT),
            Column.optional("accessed_by", ColumnType.TEXT),
            Column.optional("resource_id", ColumnType.TEXT),
            Column.optional("metadata", ColumnType.TEXT),
            Column.optional("key", ColumnType.BYTES),
            Column.required("headers", ColumnType.BYTES),
            Column.optional("value", ColumnType.BYTES),
            Column.required("previous_hash", ColumnType.HASH),
            Column.required("hash", ColumnType.HASH),
            Column.required("row_hash", ColumnType.HASH));

    private Columns() {}
}
