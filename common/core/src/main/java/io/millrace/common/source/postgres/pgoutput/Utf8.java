package io.millrace.common.source.postgres.pgoutput;

/** Tells right UTF-8 from what a database of the encoding SQL_ASCII, or a {@code "char"}, may send. */
final class Utf8 {

    private Utf8() {}

    static boolean isRight(byte[] source, int start, int length) {
        int end = start + length;
        int at = start;
        while (at < end) {
            if (source[at] >= 0) {
                at++;
            } else {
                int bytes = bytes(source, at, end);
                if (bytes == 0) {
                    return false;
                }
                at += bytes;
            }
        }
        return true;
    }

    /** Returns how many bytes the character has that begins here; 0 if it is none, or written longer than it need be. */
    private static int bytes(byte[] source, int at, int end) {
        int lead = source[at] & 0xFF;
        int bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || at + bytes > end) {
            return 0;
        }
        for (int i = at + 1; i < at + bytes; i++) {
            if ((source[i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = source[at + 1] & 0xFF;
        boolean isWrong = (lead == 0xE0 && second < 0xA0)
                || (lead == 0xED && second > 0x9F)
                || (lead == 0xF0 && second < 0x90)
                || (lead == 0xF4 && second > 0x8F);
        return isWrong ? 0 : bytes;
    }
}
