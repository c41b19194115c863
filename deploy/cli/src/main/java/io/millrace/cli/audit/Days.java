package io.millrace.cli.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A number of whole days as users type it: {@code 365d}.
 *
 * @param count at least 1
 */
record Days(int count) {
    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,5})\\s*d");

    /** Reads what the user typed. */
    static final class Converter implements ITypeConverter<Days> {
        @Override
        public Days convert(String text) {
            Matcher matcher = FORM.matcher(text.strip());
            if (!matcher.matches()) {
                throw new TypeConversionException("`" + text + "` is no number of whole days from 1 on, such as 365d");
            }
            return new Days(Integer.parseInt(matcher.group(1)));
        }
    }

    @Override
    public String toString() {
        return count + " day" + (count == 1 ? "" : "s");
    }
}
