package io.millrace.archive.parquet;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The values of one column, of the rows that will be one row group. Numbers are little-endian, as Parquet's are. */
final class ColumnBuffer {

    private final Column column;
    private final LittleEndianBytes values = new LittleEndianBytes();
    private final LittleEndianBytes levels = new LittleEndianBytes();
    private int rows;
    private int nulls;
    private int run;
    private boolean runIsPresent;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;

    ColumnBuffer(Column column) {
        this.column = column;
    }

    int rows() {
        return rows;
    }

    /** Returns about how many bytes its page will have. */
    int size() {
        return values.size() + levels.size();
    }

    /** Returns the least and the greatest value, of numbers that are there. */
    private RowGroup.@Nullable Range range() {
        return column.type().isLong() && nulls < rows
                ? new RowGroup.Range(LittleEndianBytes.of(min), LittleEndianBytes.of(max))
                : null;
    }

    void addInt(int value) {
        level(true);
        values.add(value);
    }

    void addLong(long value) {
        level(true);
        min = Math.min(min, value);
        max = Math.max(max, value);
        values.add(value);
    }

    void addBytes(byte[] value) {
        level(true);
        if (column.type().isVariable()) {
            values.add(value.length);
        }
        values.add(value);
    }

    void addNull() {
        if (!column.optional()) {
            throw new IllegalStateException("column " + column.name() + " needs a value in each row");
        }
        level(false);
        nulls++;
    }

    /** Returns what the metadata says about the values. */
    RowGroup.Chunk chunk(long position, long size) {
        return new RowGroup.Chunk(column, rows, nulls, range(), position, size);
    }

    /** Returns how many bytes the page has behind its header, once its last run has ended. */
    int pageSize() {
        return column.optional() ? Integer.BYTES + size() : size();
    }

    /** Writes the bytes of the page behind its header, once its last run has ended. */
    void writePage(Output out) throws IOException {
        if (column.optional()) {
            out.write(LittleEndianBytes.of(levels.size()), 0, Integer.BYTES);
            levels.writeTo(out);
        }
        values.writeTo(out);
    }

    /** Begins anew with the rows of the next row group, in the same memory. */
    void clear() {
        values.clear();
        levels.clear();
        rows = 0;
        nulls = 0;
        run = 0;
        runIsPresent = false;
        min = Long.MAX_VALUE;
        max = Long.MIN_VALUE;
    }

    /** Takes parts of arrays, of which it keeps nothing. */
    @FunctionalInterface
    interface Output {

        void write(byte[] bytes, int from, int length) throws IOException;
    }

    private void level(boolean present) {
        rows++;
        if (column.optional()) {
            if (present != runIsPresent) {
                endRun();
                runIsPresent = present;
            }
            run++;
        }
    }

    /**
     * Writes the run of equal levels so far, with which a page ends: its length, shifted by the bit that tells a run from
     * packed bits.
     */
    void endRun() {
        if (run > 0) {
            int rest = run << 1;
            while ((rest & ~0x7F) != 0) {
                levels.add((byte) ((rest & 0x7F) | 0x80));
                rest >>>= 7;
            }
            levels.add((byte) rest);
            levels.add((byte) (runIsPresent ? 1 : 0));
            run = 0;
        }
    }
}
