package io.millrace.common.source.postgres.pgoutput;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON as it grows, in bytes that are used again for the next row. Escapes what Jackson escapes, as it does. */
final class JsonBytes {

    private static final int FIRST = 1 << 10;
    private static final int MOST_KEPT = 1 << 20;
    private static final int MOST = Integer.MAX_VALUE - 8;
    private static final int RADIX = 10;
    private static final int FOUR_BYTES_MASK = 0xF8;
    private static final int FOUR_BYTES = 0xF0;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[FIRST];
    private int length;

    JsonBytes clear() {
        length = 0;
        if (bytes.length > MOST_KEPT) {
            bytes = new byte[FIRST];
        }
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    JsonBytes raw(byte[] source) {
        return raw(source, 0, source.length);
    }

    JsonBytes raw(byte[] source, int start, int count) {
        makeRoom(count);
        System.arraycopy(source, start, bytes, length, count);
        length += count;
        return this;
    }

    JsonBytes raw(char ascii) {
        makeRoom(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    JsonBytes raw(String ascii) {
        return raw(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    JsonBytes number(long value) {
        if (value < 0) {
            return raw(Long.toString(value));
        }
        int digits = 1;
        for (long rest = value; rest >= RADIX; rest /= RADIX) {
            digits++;
        }
        makeRoom(digits);
        long rest = value;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % RADIX);
            rest /= RADIX;
        }
        length += digits;
        return this;
    }

    /** Writes a text, which must be right UTF-8, in quotes. */
    JsonBytes text(byte[] source, int start, int count) {
        raw('"');
        int end = start + count;
        int copied = start;
        for (int at = start; at < end; at++) {
            byte one = source[at];
            boolean isEscaped = (one >= 0 && one < ' ') || one == '"' || one == '\\';
            if (isEscaped || (one & FOUR_BYTES_MASK) == FOUR_BYTES) {
                raw(source, copied, at - copied);
                copied = at + (isEscaped ? escape(one) : escapePair(source, at));
            }
        }
        return raw(source, copied, end - copied).raw('"');
    }

    private int escape(byte one) {
        raw('\\');
        switch (one) {
            case '"', '\\' -> raw((char) one);
            case '\b' -> raw('b');
            case '\f' -> raw('f');
            case '\n' -> raw('n');
            case '\r' -> raw('r');
            case '\t' -> raw('t');
            default -> hex(one);
        }
        return 1;
    }

    /** A character beyond the basic plane: Jackson writes the two halves that UTF-16 makes of it. */
    private int escapePair(byte[] source, int at) {
        int character = (source[at] & 0x7) << 18
                | (source[at + 1] & 0x3F) << 12
                | (source[at + 2] & 0x3F) << 6
                | (source[at + 3] & 0x3F);
        raw('\\').hex(Character.highSurrogate(character));
        raw('\\').hex(Character.lowSurrogate(character));
        return 4;
    }

    private void hex(int unit) {
        raw('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            raw(HEX, (unit >> shift) & 0xF, 1);
        }
    }

    private void makeRoom(int count) {
        if (count > bytes.length - length) {
            long wanted = Math.max((long) length + count, Math.min(bytes.length * 2L, MOST));
            bytes = Arrays.copyOf(bytes, Math.toIntExact(wanted));
        }
    }
}
