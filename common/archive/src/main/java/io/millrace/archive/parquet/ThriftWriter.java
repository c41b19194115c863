package io.millrace.archive.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes Thrift's compact protocol, in which Parquet keeps its metadata: fields in the order of their numbers. */
final class ThriftWriter {

    private static final int STOP = 0;
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int LONG_LIST = 15;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Deque<Integer> outer = new ArrayDeque<>();
    private int last;

    /** Begins a structure: the outermost, or an element of a list. */
    ThriftWriter begin() {
        outer.push(last);
        last = 0;
        return this;
    }

    /** Begins a structure that is a field. */
    ThriftWriter begin(int field) {
        header(field, ThriftType.STRUCT.code());
        return begin();
    }

    ThriftWriter end() {
        out.write(STOP);
        last = outer.pop();
        return this;
    }

    ThriftWriter bool(int field, boolean value) {
        header(field, value ? TRUE : FALSE);
        return this;
    }

    ThriftWriter i32(int field, int value) {
        header(field, ThriftType.I32.code());
        zigzag(value);
        return this;
    }

    ThriftWriter i64(int field, long value) {
        header(field, ThriftType.I64.code());
        zigzag(value);
        return this;
    }

    ThriftWriter text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    ThriftWriter bytes(int field, byte[] value) {
        header(field, ThriftType.BINARY.code());
        raw(value);
        return this;
    }

    /** Begins a list; its elements follow. */
    ThriftWriter list(int field, ThriftType elements, int size) {
        header(field, ThriftType.LIST.code());
        if (size < LONG_LIST) {
            out.write((size << 4) | elements.code());
        } else {
            out.write((LONG_LIST << 4) | elements.code());
            varint(size);
        }
        return this;
    }

    /** Writes a number as an element of a list. */
    ThriftWriter element(int value) {
        zigzag(value);
        return this;
    }

    /** Writes a text as an element of a list. */
    ThriftWriter element(String value) {
        raw(value.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }

    private void header(int field, int type) {
        // every field of Parquet's metadata that is written here is less than 15 past the one before
        out.write(((field - last) << 4) | type);
        last = field;
    }

    private void raw(byte[] value) {
        varint(value.length);
        out.write(value, 0, value.length);
    }

    private void zigzag(long value) {
        varint((value << 1) ^ (value >> 63));
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
