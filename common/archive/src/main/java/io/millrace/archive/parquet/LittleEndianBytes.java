package io.millrace.archive.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow, of Parquet's numbers, which are little-endian. */
final class LittleEndianBytes {

    private static final int FIRST_CAPACITY = 512;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] buffer;
    private int size;

    LittleEndianBytes() {
        this(FIRST_CAPACITY);
    }

    LittleEndianBytes(int capacity) {
        buffer = new byte[capacity];
    }

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
        add(value, value.length);
    }

    void add(LittleEndianBytes value) {
        add(value.buffer, value.size);
    }

    private void add(byte[] value, int length) {
        room(length);
        System.arraycopy(value, 0, buffer, size, length);
        size += length;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
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
