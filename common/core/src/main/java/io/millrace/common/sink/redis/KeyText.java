package io.millrace.common.sink.redis;

import io.millrace.common.failure.DataException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Makes a column's value safe within a key: whatever separates, tags or breaks a line becomes {@code %} and two hex
 * digits for each byte of its UTF-8 form. Different values stay different.
 */
final class KeyText {

    private static final String SPECIAL = ":%{}";
    private static final String HEX = "0123456789ABCDEF";

    private KeyText() {}

    static void append(StringBuilder key, String value) throws DataException {
        int i = 0;
        while (i < value.length()) {
            int character = value.codePointAt(i);
            int next = i + Character.charCount(character);
            if (isSafe(character)) {
                key.append(value, i, next);
            } else {
                appendEncoded(key, value.substring(i, next));
            }
            i = next;
        }
    }

    /** Whether a character stands for itself, in a value and in the text of a template. */
    static boolean isSafe(int character) {
        return SPECIAL.indexOf(character) < 0 && isPlain(character);
    }

    /** Whether a character can be seen and breaks nothing. */
    static boolean isPlain(int character) {
        int type = Character.getType(character);
        return !Character.isWhitespace(character)
                && !Character.isSpaceChar(character)
                && type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE;
    }

    /** Whether a text is what {@link #append} makes of some value. */
    static boolean isValue(String text) {
        StringBuilder again = new StringBuilder();
        try {
            append(again, decoded(text));
        } catch (DataException | IllegalArgumentException e) {
            return false;
        }
        return again.toString().equals(text);
    }

    private static String decoded(String text) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        int i = 0;
        while (i < text.length()) {
            boolean encoded = text.charAt(i) == '%' && i + 3 <= text.length();
            int next = encoded ? i + 3 : text.offsetByCodePoints(i, 1);
            if (encoded) {
                value.write(HexFormat.fromHexDigits(text, i + 1, next));
            } else {
                value.writeBytes(text.substring(i, next).getBytes(StandardCharsets.UTF_8));
            }
            i = next;
        }
        return value.toString(StandardCharsets.UTF_8);
    }

    /** Returns a text of a template such that Redis' patterns take it for itself. */
    static String literal(String text) {
        return text.replaceAll("[*?\\[\\]\\\\]", "\\\\$0");
    }

    private static void appendEncoded(StringBuilder key, String character) throws DataException {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(character));
            while (bytes.hasRemaining()) {
                int value = bytes.get() & 0xFF;
                key.append('%').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 0xF));
            }
        } catch (CharacterCodingException e) {
            throw new DataException("a key column holds half of a surrogate pair, which is no character", e);
        }
    }
}
