package io.millrace.common.sink.clickhouse.type;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes in ClickHouse's format RowBinary: numbers little-endian, lengths as LEB128. Grows as needed, and can be cut back
 * to where a value began. Not for several threads.
 *
 * @see <a href="https://clickhouse.com/docs/interfaces/formats/RowBinary">RowBinary</a>
 */
public final class RowBinary {

    private byte[] bytes;
    private int size;

    public RowBinary(int expected) {
        this.bytes = new byte[Math.max(16, expected)];
    }

    /** Returns the number of bytes. */
    public int size() {
        return size;
    }

    /** Forgets everything behind a position. */
    public void cutTo(int position) {
        size = position;
    }

    /** Appends a piece of another buffer. */
    public void append(RowBinary other, int from, int to) {
        ensure(to - from);
        System.arraycopy(other.bytes, from, bytes, size, to - from);
        size += to - from;
    }

    /** Writes everything. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Appends the lowest bytes of a number. */
    public void writeLittleEndian(long value, int width) {
        ensure(width);
        for (int i = 0; i < width; i++) {
            bytes[size++] = (byte) (value >>> (8 * i));
        }
    }

    /** Appends a number in two's complement of a width that it fits into. */
    void writeLittleEndian(BigInteger value, int width) {
        ensure(width);
        byte[] big = value.toByteArray();
        byte sign = (byte) (value.signum() < 0 ? -1 : 0);
        for (int i = 0; i < width; i++) {
            bytes[size++] = i < big.length ? big[big.length - 1 - i] : sign;
        }
    }

    /** Appends a length. */
    public void writeLength(int length) {
        ensure(5);
        int rest = length;
        while (rest >= 0x80) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Appends a text as UTF-8. */
    public void writeText(String text) {
        writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends bytes behind their length. */
    public void writeBytes(byte[] value) {
        writeBytes(value, 0, value.length);
    }

    /** Appends a piece of some bytes behind its length. */
    void writeBytes(byte[] source, int from, int to) {
        writeLength(to - from);
        ensure(to - from);
        System.arraycopy(source, from, bytes, size, to - from);
        size += to - from;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
        }
    }
}
