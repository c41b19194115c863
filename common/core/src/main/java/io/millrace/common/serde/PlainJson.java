package io.millrace.common.serde;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Passes over JSON in UTF-8 without making anything of it. Knows only the plain form that Connect's converter and our
 * own capture write: no spaces, every character written in one way. Of all else, right or wrong, it says that it does
 * not know it, so that whoever asks takes a parser instead. Two plain texts are equal exactly if their bytes are.
 */
public final class PlainJson {

    /** Stands for a place that is not there, because the bytes are not plain. */
    public static final int UNKNOWN = -1;

    /** Objects and lists within each other that are passed over. */
    public static final int DEEPEST = 16;

    private static final int LONGEST_NUMBER = 64;
    private static final int MOST_DIGITS = 18;

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    /** Is given the fields of an object. */
    public interface Taker {

        /**
         * Takes a field.
         *
         * @param name where it begins, up to the value, with the colon
         * @param value where its value begins
         * @param end where that ends
         * @return false if the field is not what was expected
         */
        boolean take(int name, int value, int end);
    }

    private PlainJson() {}

    /** Returns what stands before the value of a field of this name, in which nothing is escaped. */
    public static byte[] field(String name) {
        return ('"' + name + "\":").getBytes(StandardCharsets.UTF_8);
    }

    /** Tells whether a byte stands at a place before the end. */
    public static boolean is(byte[] json, int at, int to, char expected) {
        return at >= 0 && at < to && json[at] == expected;
    }

    /** Tells whether these bytes stand there. */
    public static boolean is(byte[] json, int from, int to, byte[] expected) {
        return to - from == expected.length && Arrays.equals(json, from, to, expected, 0, expected.length);
    }

    /** Tells whether a text stands there in which nothing is escaped. */
    public static boolean isUnescaped(byte[] json, int from, int to) {
        if (!is(json, from, to, '"')) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (json[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    /** Tells whether true or false stands there, whichever is asked for. */
    public static boolean isBoolean(byte[] json, int from, int to, boolean expected) {
        return is(json, from, to, expected ? TRUE : FALSE);
    }

    /** Tells whether null stands there. */
    public static boolean isNull(byte[] json, int from, int to) {
        return is(json, from, to, NULL);
    }

    private static boolean startsWith(byte[] json, int from, int to, byte[] expected) {
        int end = from + expected.length;
        return end <= to && Arrays.equals(json, from, end, expected, 0, expected.length);
    }

    /** Tells whether all of it is one object. */
    public static boolean isObject(byte[] json, int from, int to) {
        return is(json, from, to, '{') && pastValue(json, from, to) == to;
    }

    /** Returns the place behind the value that begins there, or {@link #UNKNOWN}. */
    public static int pastValue(byte[] json, int from, int to) {
        return pastValue(json, from, to, DEEPEST);
    }

    private static int pastValue(byte[] json, int from, int to, int depth) {
        if (from >= to) {
            return UNKNOWN;
        }
        return switch (json[from]) {
            case '"' -> pastText(json, from, to);
            case '{' -> depth == 0 ? UNKNOWN : pastObject(json, from + 1, to, depth - 1);
            case '[' -> depth == 0 ? UNKNOWN : pastList(json, from + 1, to, depth - 1);
            case 't' -> pastWord(json, from, to, TRUE);
            case 'f' -> pastWord(json, from, to, FALSE);
            case 'n' -> pastWord(json, from, to, NULL);
            default -> pastNumber(json, from, to);
        };
    }

    private static int pastWord(byte[] json, int from, int to, byte[] word) {
        return startsWith(json, from, to, word) ? from + word.length : UNKNOWN;
    }

    private static int pastObject(byte[] json, int from, int to, int depth) {
        return is(json, from, to, '}') ? from + 1 : pastFields(json, from, to, depth, (name, value, end) -> true);
    }

    /**
     * Gives each field of the object that is the whole range to somebody, in order.
     *
     * @return false if the range is no plain object with a field, or a field was not taken
     */
    public static boolean takeFields(byte[] json, int from, int to, Taker taker) {
        return is(json, from, to, '{') && pastFields(json, from + 1, to, DEEPEST, taker) == to;
    }

    private static int pastFields(byte[] json, int from, int to, int depth, Taker taker) {
        int at = from;
        while (true) {
            int value = pastName(json, at, to);
            int end = value == UNKNOWN ? UNKNOWN : pastValue(json, value, to, depth);
            if (end == UNKNOWN || !taker.take(at, value, end)) {
                return UNKNOWN;
            }
            if (is(json, end, to, '}')) {
                return end + 1;
            }
            if (!is(json, end, to, ',')) {
                return UNKNOWN;
            }
            at = end + 1;
        }
    }

    private static int pastList(byte[] json, int from, int to, int depth) {
        if (is(json, from, to, ']')) {
            return from + 1;
        }
        int at = from;
        while (true) {
            int end = pastValue(json, at, to, depth);
            if (is(json, end, to, ']')) {
                return end + 1;
            }
            if (!is(json, end, to, ',')) {
                return UNKNOWN;
            }
            at = end + 1;
        }
    }

    /** Returns the place of the value whose field's name begins there, or {@link #UNKNOWN}. */
    public static int pastName(byte[] json, int from, int to) {
        int end = pastText(json, from, to);
        return is(json, end, to, ':') ? end + 1 : UNKNOWN;
    }

    /** Returns the place behind the text whose quotation mark is there, or {@link #UNKNOWN}. */
    public static int pastText(byte[] json, int from, int to) {
        return is(json, from, to, '"') ? PlainText.pastEnd(json, from + 1, to) : UNKNOWN;
    }

    /** Returns the place behind the number that begins there, or {@link #UNKNOWN}. */
    public static int pastNumber(byte[] json, int from, int to) {
        int at = pastWhole(json, from, to);
        if (is(json, at, to, '.')) {
            at = pastDigits(json, at + 1, to);
        }
        if (is(json, at, to, 'e') || is(json, at, to, 'E')) {
            boolean signed = is(json, at + 1, to, '+') || is(json, at + 1, to, '-');
            at = pastDigits(json, signed ? at + 2 : at + 1, to);
        }
        return at - from > LONGEST_NUMBER ? UNKNOWN : at;
    }

    /** Returns the place behind the whole number that begins there, whatever follows, or {@link #UNKNOWN}. */
    public static int pastWhole(byte[] json, int from, int to) {
        int first = is(json, from, to, '-') ? from + 1 : from;
        return is(json, first, to, '0') ? first + 1 : pastDigits(json, first, to);
    }

    /** Tells whether a whole number of at most 18 digits stands there. */
    public static boolean isLong(byte[] json, int from, int to) {
        return to - from <= MOST_DIGITS && from < to && pastWhole(json, from, to) == to;
    }

    /** Returns the number for which {@link #isLong}. */
    public static long number(byte[] json, int from, int to) {
        boolean isNegative = json[from] == '-';
        long number = 0;
        for (int i = isNegative ? from + 1 : from; i < to; i++) {
            number = 10 * number + json[i] - '0';
        }
        return isNegative ? -number : number;
    }

    private static int pastDigits(byte[] json, int from, int to) {
        int at = from;
        while (at < to && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        return at == from ? UNKNOWN : at;
    }
}
