package io.millrace.archive.parquet;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow, of Parquet's numbers, which are little-endian. */
final class LittleEndianBytes {

    private static final int FIRST_CAPACITY = 512;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] buffer = new byte[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    void add(byte value) {
        room(1);
        buffer[size++] = value;
    }

    void add(int value) {
        room(Integer.BYTES);
        INT.set(buffer, size, value);
        size += Integer.BYTES;
    }

    void add(long value) {
        room(Long.BYTES);
        LONG.set(buffer, size, value);
        size += Long.BYTES;
    }

    void add(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
    }

    void writeTo(ColumnBuffer.Output out) throws IOException {
        out.write(buffer, 0, size);
    }

    /** Begins anew, in the same memory. */
    void clear() {
        size = 0;
    }

    static byte[] of(int value) {
        byte[] bytes = new byte[Integer.BYTES];
        INT.set(bytes, 0, value);
        return bytes;
    }

    static byte[] of(long value) {
        byte[] bytes = new byte[Long.BYTES];
        LONG.set(bytes, 0, value);
        return bytes;
    }

    private void room(int more) {
        int needed = Math.addExact(size, more);
        if (needed > buffer.length) {
            buffer =
                    Arrays.copyOf(buffer, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * buffer.length)));
        }
    }
}
