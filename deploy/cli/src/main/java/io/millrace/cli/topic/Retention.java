package io.millrace.cli.topic;

import java.math.BigInteger;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as the list of topics writes them: {@code 7d}, {@code 12h}, {@code forever}. */
final class Retention {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d)");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private Retention() {}

    /** Milliseconds, -1 for ever, or nothing if the text is not a duration. */
    static OptionalLong millis(String text) {
        if (text.equals("forever")) {
            return OptionalLong.of(-1);
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        BigInteger millis = new BigInteger(matcher.group(1))
                .multiply(BigInteger.valueOf(MILLIS.getOrDefault(matcher.group(2), 0L)));
        return millis.bitLength() < Long.SIZE ? OptionalLong.of(millis.longValue()) : OptionalLong.empty();
    }
}
