package io.millrace.archive.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that say one thing in one way: numbers big-endian, everything of variable length behind its length, so that no
 * two different sequences of calls write the same bytes. What is hashed, signed or authenticated is written by it.
 */
public final class CanonicalBytes {

    private static final int FIRST_CAPACITY = 512;
    private static final int NULL = -1;

    private byte[] buffer = new byte[FIRST_CAPACITY];
    private int size;

    /**
     * Begins anew with what the bytes are for: each use has a name of its own, so that bytes of one use mean nothing in
     * another.
     */
    public CanonicalBytes begin(String use) {
        size = 0;
        return text(use);
    }

    /** Writes one byte. */
    public CanonicalBytes u8(int value) {
        room(1);
        buffer[size++] = (byte) value;
        return this;
    }

    /** Writes four bytes. */
    public CanonicalBytes i32(int value) {
        room(4);
        buffer[size++] = (byte) (value >>> 24);
        buffer[size++] = (byte) (value >>> 16);
        buffer[size++] = (byte) (value >>> 8);
        buffer[size++] = (byte) value;
        return this;
    }

    /** Writes eight bytes. */
    public CanonicalBytes i64(long value) {
        return i32((int) (value >>> 32)).i32((int) value);
    }

    /** Writes one byte that tells whether there is a value, and the value. */
    public CanonicalBytes optional(@Nullable Long value) {
        return value == null ? u8(0) : u8(1).i64(value);
    }

    /** Writes the length in four bytes, and the bytes; for null the length is -1. */
    public CanonicalBytes bytes(byte @Nullable [] value) {
        return value == null ? i32(NULL) : i32(value.length).raw(value);
    }

    /** Writes UTF-8 behind its length in bytes; for null the length is -1. */
    public CanonicalBytes text(@Nullable String value) {
        return bytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes whose number is fixed by the format. */
    public CanonicalBytes raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
        return this;
    }

    /** Returns a copy of what was written since {@link #begin}. */
    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    /** Gives what was written since {@link #begin} to somebody who keeps nothing of it. */
    public void writeTo(Sink sink) {
        sink.update(buffer, 0, size);
    }

    private void room(int more) {
        int needed = Math.addExact(size, more);
        if (needed > buffer.length) {
            buffer =
                    Arrays.copyOf(buffer, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * buffer.length)));
        }
    }

    /** As {@link java.security.MessageDigest} and {@link javax.crypto.Mac} take bytes. */
    @FunctionalInterface
    public interface Sink {

        /** Takes a part of an array. */
        void update(byte[] bytes, int from, int length);
    }
}
