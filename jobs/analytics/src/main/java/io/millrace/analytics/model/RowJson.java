package io.millrace.analytics.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes a JSON object of plain fields straight to bytes: there are as many rows as keys in a window, and a generator for each
 * would cost more than what it writes. Nothing is escaped but what must be; all else is UTF-8.
 */
public final class RowJson {

    private static final int FIRST_ROOM = 256;
    private static final int FIRST_PRINTABLE = 0x20;
    private static final String HEX_DIGITS = "0123456789ABCDEF";
    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    private byte[] bytes;
    private int size;

    public RowJson() {
        this(new byte[FIRST_ROOM], 0);
        put('{');
    }

    private RowJson(byte[] bytes, int size) {
        this.bytes = bytes;
        this.size = size;
    }

    /** Returns another object that begins with the same fields; what is added to one is not in the other. */
    public RowJson copy() {
        return new RowJson(bytes.clone(), size);
    }

    public RowJson text(String name, String value) {
        begin(name);
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        put('"');
        int from = 0;
        for (int i = 0; i < utf8.length; i++) {
            if (isEscaped(utf8[i])) {
                append(utf8, from, i);
                escape(utf8[i]);
                from = i + 1;
            }
        }
        append(utf8, from, utf8.length);
        put('"');
        return this;
    }

    /** Writes bytes as base64. */
    public RowJson base64(String name, byte[] value) {
        begin(name);
        byte[] encoded = BASE64.encode(value);
        put('"');
        append(encoded, 0, encoded.length);
        put('"');
        return this;
    }

    /** Writes a whole number; a time is its epoch milliseconds. */
    public RowJson number(String name, long value) {
        begin(name);
        append(Long.toString(value));
        return this;
    }

    public RowJson numbers(String name, long[] values) {
        begin(name);
        put('[');
        for (int i = 0; i < values.length; i++) {
            separate(i);
            append(Long.toString(values[i]));
        }
        put(']');
        return this;
    }

    /** Writes a number that need not be exact; one that is none, or infinite, as a text. */
    public RowJson fraction(String name, double value) {
        begin(name);
        if (Double.isFinite(value)) {
            append(Double.toString(value));
        } else {
            put('"');
            append(Double.toString(value));
            put('"');
        }
        return this;
    }

    /**
     * Writes numbers with up to three digits behind the point.
     *
     * @param values a thousand times as large, none below 0
     */
    public RowJson thousandths(String name, long[] values) {
        begin(name);
        put('[');
        for (int i = 0; i < values.length; i++) {
            separate(i);
            append(Long.toString(values[i] / 1_000));
            behindPoint((int) (values[i] % 1_000));
        }
        put(']');
        return this;
    }

    /** Returns the object; more can be added, which is in the next one. */
    public byte[] toBytes() {
        byte[] object = Arrays.copyOf(bytes, size + 1);
        object[size] = '}';
        return object;
    }

    private void begin(String name) {
        separate(size - 1);
        put('"');
        append(name);
        put('"');
        put(':');
    }

    /** Nothing stands before the first one. */
    private void separate(int index) {
        if (index > 0) {
            put(',');
        }
    }

    private void behindPoint(int thousandths) {
        put('.');
        put('0' + thousandths / 100);
        if (thousandths % 100 > 0) {
            put('0' + thousandths / 10 % 10);
        }
        if (thousandths % 10 > 0) {
            put('0' + thousandths % 10);
        }
    }

    /** Whatever is not ASCII is below 0 here, and stands as it is. */
    private static boolean isEscaped(byte character) {
        return (character >= 0 && character < FIRST_PRINTABLE) || character == '"' || character == '\\';
    }

    private void escape(byte character) {
        put('\\');
        switch (character) {
            case '\b' -> put('b');
            case '\t' -> put('t');
            case '\n' -> put('n');
            case '\f' -> put('f');
            case '\r' -> put('r');
            case '"', '\\' -> put(character);
            default -> {
                append("u00");
                put(HEX_DIGITS.charAt(character >> 4));
                put(HEX_DIGITS.charAt(character & 0xF));
            }
        }
    }

    /** Appends ASCII. */
    private void append(String plain) {
        int length = plain.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            bytes[size + i] = (byte) plain.charAt(i);
        }
        size += length;
    }

    private void append(byte[] source, int from, int to) {
        ensure(to - from);
        System.arraycopy(source, from, bytes, size, to - from);
        size += to - from;
    }

    private void put(int character) {
        ensure(1);
        bytes[size++] = (byte) character;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
        }
    }
}
