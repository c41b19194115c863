package io.millrace.archive.parquet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row group that was written.
 *
 * @param size of all its pages with their headers, in bytes
 */
record RowGroup(int rows, long size, List<Chunk> chunks) {

    /**
     * A column's part of it.
     *
     * @param range null if the column has none
     * @param position where its page's header begins
     * @param size of the page with its header, in bytes
     */
    record Chunk(
            Column column, int rows, int nulls, @Nullable Range range, long position, long size) {}

    /** The least and the greatest value, as Parquet writes them. */
    record Range(byte[] min, byte[] max) {}
}
