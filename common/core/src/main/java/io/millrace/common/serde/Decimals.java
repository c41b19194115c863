package io.millrace.common.serde;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Exact numbers between Debezium's forms and text. */
final class Decimals {

    /** Above Postgres' own limits (147,455 digits, scale 16,383), below what would make a text of gigabytes. */
    private static final int MOST_BYTES = 70_000;

    private static final int MOST_SCALE = 20_000;

    private Decimals() {}

    /** Returns the number as plain text, or null if these are not a decimal's bytes and scale. */
    static @Nullable String text(String base64, int scale) {
        byte[] unscaled;
        try {
            unscaled = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (unscaled.length == 0 || unscaled.length > MOST_BYTES || Math.abs((long) scale) > MOST_SCALE) {
            return null;
        }
        return new BigDecimal(new BigInteger(unscaled), scale).toPlainString();
    }

    /** Tells whether a text can stand in JSON as a number: NaN, Infinity and {@code .5} cannot. */
    static boolean isJsonNumber(String text) {
        int at = text.startsWith("-") ? 1 : 0;
        int whole = digits(text, at);
        if (whole == at || (text.charAt(at) == '0' && whole > at + 1)) {
            return false;
        }
        int fraction = whole;
        if (whole < text.length() && text.charAt(whole) == '.') {
            fraction = digits(text, whole + 1);
            if (fraction == whole + 1) {
                return false;
            }
        }
        return fraction == text.length() || isExponent(text, fraction);
    }

    private static boolean isExponent(String text, int at) {
        if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
            return false;
        }
        int first = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0 ? at + 2 : at + 1;
        return digits(text, first) == text.length() && first < text.length();
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
