package io.millrace.cli.deadletter;

import io.millrace.cli.Printable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where a letter stands on its topic, as {@code dlq list} prints it: {@code partition:offset}. */
record LetterPosition(int partition, long offset) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}):(\\d{1,18})");

    /** Reads what the user typed. */
    static final class Converter implements ITypeConverter<LetterPosition> {
        @Override
        public LetterPosition convert(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("`" + Printable.line(text)
                        + "` is not PARTITION:OFFSET, such as 0:17; `millrace dlq list` prints them");
            }
            return new LetterPosition(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
        }
    }
}
