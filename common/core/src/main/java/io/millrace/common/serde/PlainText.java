package io.millrace.common.serde;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Passes over the texts of plain JSON. */
final class PlainText {

    /** Eight bytes of a text, the first one lowest. */
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EACH = 0x0101010101010101L;
    private static final long HIGHEST_BITS = EACH << 7;

    private static final String ESCAPED = "\"\\bfnrt";

    private PlainText() {}

    /** Returns the place behind the quotation mark that ends the text, or {@link PlainJson#UNKNOWN}. */
    static int pastEnd(byte[] json, int from, int to) {
        int at = pastOrdinary(json, from, to);
        while (at >= 0 && at < to) {
            byte character = json[at];
            if (character == '"') {
                return at + 1;
            } else if (character == '\\') {
                at = pastEscape(json, at + 1, to);
            } else if (character >= ' ') {
                at++;
            } else {
                at = pastWide(json, at, to);
            }
            at = at == PlainJson.UNKNOWN ? at : pastOrdinary(json, at, to);
        }
        return PlainJson.UNKNOWN;
    }

    /**
     * Passes eight characters at a time; stops at one that ends a text, is escaped or not ASCII, or when fewer are left.
     * Finds bytes by what a subtraction carries into their highest bit, which for the first one found is exact; see
     * <a href="https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord">Bit Twiddling Hacks</a>.
     */
    private static int pastOrdinary(byte[] json, int from, int to) {
        int at = from;
        while (at <= to - Long.BYTES) {
            long bytes = (long) EIGHT.get(json, at);
            long quotes = bytes ^ (EACH * '"');
            long escapes = bytes ^ (EACH * '\\');
            long special = (((quotes - EACH) & ~quotes)
                            | ((escapes - EACH) & ~escapes)
                            | ((bytes - EACH * ' ') & ~bytes)
                            | bytes)
                    & HIGHEST_BITS;
            if (special != 0) {
                return at + Long.numberOfTrailingZeros(special) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        return at;
    }

    private static int pastEscape(byte[] json, int at, int to) {
        return at < to && ESCAPED.indexOf(json[at]) >= 0 ? at + 1 : PlainJson.UNKNOWN;
    }

    /** Passes a character that is not ASCII; none of those that UTF-8 forbids, nor what controls. */
    private static int pastWide(byte[] json, int at, int to) {
        int first = json[at] & 0xff;
        int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
        if (first < 0xc2 || first > 0xf4 || to - at <= more) {
            return PlainJson.UNKNOWN;
        }
        int point = first & (0x3f >> more);
        for (int i = 1; i <= more; i++) {
            int next = json[at + i];
            if ((next & 0xc0) != 0x80) {
                return PlainJson.UNKNOWN;
            }
            point = (point << 6) | (next & 0x3f);
        }
        int least = more == 3 ? 0x10000 : more == 2 ? 0x800 : 0x80;
        boolean isSurrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return point < least || point > Character.MAX_CODE_POINT || isSurrogate ? PlainJson.UNKNOWN : at + more + 1;
    }
}
