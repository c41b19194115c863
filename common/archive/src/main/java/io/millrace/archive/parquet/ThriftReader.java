package io.millrace.archive.parquet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads Thrift's compact protocol without knowing what it says. It reads what an attacker may have written: it allocates
 * nothing beyond the bytes that are there.
 */
final class ThriftReader {

    private static final int DEEPEST = 16;

    private final byte[] bytes;
    private int at;

    ThriftReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns how many bytes were read. */
    int position() {
        return at;
    }

    /** Reads a structure. */
    ThriftStruct struct() throws ParquetFormatException {
        return struct(0);
    }

    private ThriftStruct struct(int depth) throws ParquetFormatException {
        ThriftStruct struct = new ThriftStruct();
        int field = 0;
        for (int header = u8(); header != 0; header = u8()) {
            field = header >>> 4 == 0 ? (int) zigzag() : field + (header >>> 4);
            struct.put(field, value(header & 0x0F, depth));
        }
        return struct;
    }

    private Object value(int type, int depth) throws ParquetFormatException {
        if (depth > DEEPEST) {
            throw new ParquetFormatException("its metadata is nested deeper than " + DEEPEST + " levels");
        }
        return switch (type) {
            case 1 -> true;
            case 2 -> false;
            case 3 -> (long) (byte) u8();
            case 4, 5, 6 -> zigzag();
            case 8 -> binary();
            case 9, 10 -> list(depth);
            case 12 -> struct(depth + 1);
            default -> throw new ParquetFormatException("its metadata has a value of the unknown type " + type);
        };
    }

    private List<Object> list(int depth) throws ParquetFormatException {
        int header = u8();
        long size = header >>> 4 == 15 ? varint() : header >>> 4;
        if (size < 0 || size > bytes.length - at) {
            throw new ParquetFormatException("its metadata has a list of " + size + " elements, more than its bytes");
        }
        int type = header & 0x0F;
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            // in a list a truth value is a byte, and not a part of its type
            elements.add(type == 1 || type == 2 ? u8() == 1 : value(type, depth + 1));
        }
        return elements;
    }

    private byte[] binary() throws ParquetFormatException {
        long length = varint();
        if (length < 0 || length > bytes.length - at) {
            throw new ParquetFormatException("its metadata has a text of " + length + " bytes, more than there are");
        }
        byte[] value = Arrays.copyOfRange(bytes, at, at + (int) length);
        at += (int) length;
        return value;
    }

    private long zigzag() throws ParquetFormatException {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    private long varint() throws ParquetFormatException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new ParquetFormatException("its metadata has a number of more than 64 bits");
    }

    private int u8() throws ParquetFormatException {
        if (at == bytes.length) {
            throw new ParquetFormatException("its metadata ends too early");
        }
        return bytes[at++] & 0xFF;
    }
}
