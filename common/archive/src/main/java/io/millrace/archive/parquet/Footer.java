package io.millrace.archive.parquet;

import io.millrace.archive.bytes.Hash;
import java.util.List;
import java.util.Map;

/** Writes a file's metadata, by the field numbers of Parquet's own definition of it (parquet.thrift). */
final class Footer {

    static final int UNCOMPRESSED = 0;
    static final int PLAIN = 0;
    static final int RLE = 3;

    private static final int FORMAT_VERSION = 1;
    private static final int REQUIRED = 0;
    private static final int OPTIONAL = 1;
    private static final int UTF8 = 0;
    private static final int TIMESTAMP_MILLIS = 9;
    private static final String CREATED_BY = "millrace-audit version 1 (build 1)";

    private final ThriftWriter out = new ThriftWriter();

    private Footer() {}

    static byte[] write(List<RowGroup> groups, Map<String, String> metadata) {
        return new Footer().file(groups, metadata).toByteArray();
    }

    static byte[] pageHeader(int rows, int size) {
        ThriftWriter out = new ThriftWriter();
        out.begin().i32(1, 0).i32(2, size).i32(3, size);
        out.begin(5).i32(1, rows).i32(2, PLAIN).i32(3, RLE).i32(4, RLE).end();
        return out.end().toByteArray();
    }

    private ThriftWriter file(List<RowGroup> groups, Map<String, String> metadata) {
        out.begin().i32(1, FORMAT_VERSION);
        schema();
        out.i64(3, groups.stream().mapToLong(RowGroup::rows).sum());
        out.list(4, ThriftType.STRUCT, groups.size());
        groups.forEach(this::group);
        out.list(5, ThriftType.STRUCT, metadata.size());
        metadata.forEach((key, value) -> out.begin().text(1, key).text(2, value).end());
        out.text(6, CREATED_BY);
        out.list(7, ThriftType.STRUCT, Columns.ALL.size());
        // every column is ordered as its type defines it, which readers want to know before they trust a range
        Columns.ALL.forEach(column -> out.begin().begin(1).end().end());
        return out.end();
    }

    private void schema() {
        out.list(2, ThriftType.STRUCT, Columns.ALL.size() + 1);
        out.begin().text(4, "audit").i32(5, Columns.ALL.size()).end();
        for (Column column : Columns.ALL) {
            out.begin().i32(1, column.type().physical());
            if (column.type() == ColumnType.HASH) {
                out.i32(2, Hash.LENGTH);
            }
            out.i32(3, column.optional() ? OPTIONAL : REQUIRED).text(4, column.name());
            logicalType(column.type());
            out.end();
        }
    }

    private void logicalType(ColumnType type) {
        if (type == ColumnType.TEXT) {
            out.i32(6, UTF8).begin(10).begin(1).end().end();
        } else if (type == ColumnType.TIMESTAMP) {
            out.i32(6, TIMESTAMP_MILLIS).begin(10).begin(8).bool(1, true);
            out.begin(2).begin(1).end().end().end().end();
        }
    }

    private void group(RowGroup group) {
        out.begin().list(1, ThriftType.STRUCT, group.chunks().size());
        group.chunks().forEach(this::chunk);
        out.i64(2, group.size()).i64(3, group.rows()).end();
    }

    private void chunk(RowGroup.Chunk chunk) {
        Column column = chunk.column();
        out.begin().i64(2, chunk.position()).begin(3).i32(1, column.type().physical());
        out.list(2, ThriftType.I32, 2).element(PLAIN).element(RLE);
        out.list(3, ThriftType.BINARY, 1).element(column.name());
        out.i32(4, UNCOMPRESSED).i64(5, chunk.rows());
        out.i64(6, chunk.size()).i64(7, chunk.size()).i64(9, chunk.position());
        statistics(chunk);
        out.end().end();
    }

    private void statistics(RowGroup.Chunk chunk) {
        out.begin(12).i64(3, chunk.nulls());
        RowGroup.Range range = chunk.range();
        if (range != null) {
            out.bytes(5, range.max()).bytes(6, range.min());
        }
        out.end();
    }
}
