package io.millrace.archive.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The values of one column, of the rows that will be one row group. Numbers are little-endian, as Parquet's are. */
final class ColumnBuffer {

    private final Column column;
    private final ByteArrayOutputStream values = new ByteArrayOutputStream();
    private final ByteArrayOutputStream levels = new ByteArrayOutputStream();
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
        return column.type().isLong() && nulls < rows ? new RowGroup.Range(littleEndian(min), littleEndian(max)) : null;
    }

    void addInt(int value) {
        level(true);
        writeInt(value);
    }

    void addLong(long value) {
        level(true);
        min = Math.min(min, value);
        max = Math.max(max, value);
        values.writeBytes(littleEndian(value));
    }

    void addBytes(byte[] value) {
        level(true);
        if (column.type().isVariable()) {
            writeInt(value.length);
        }
        values.writeBytes(value);
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

    /** Returns the bytes of the page behind its header, once: the last run of levels ends. */
    byte[] page() {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        if (column.optional()) {
            endRun();
            page.writeBytes(littleEndian(levels.size()));
            page.writeBytes(levels.toByteArray());
        }
        page.writeBytes(values.toByteArray());
        return page.toByteArray();
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

    /** Writes the run of equal levels so far: its length, shifted by the bit that tells a run from packed bits. */
    private void endRun() {
        if (run > 0) {
            int rest = run << 1;
            while ((rest & ~0x7F) != 0) {
                levels.write((rest & 0x7F) | 0x80);
                rest >>>= 7;
            }
            levels.write(rest);
            levels.write(runIsPresent ? 1 : 0);
            run = 0;
        }
    }

    private void writeInt(int value) {
        values.writeBytes(littleEndian(value));
    }

    private static byte[] littleEndian(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static byte[] littleEndian(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }
}
