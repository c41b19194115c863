package io.millrace.cli.topic;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A name for a placeholder of the templates: {@code table=users}. */
record TemplateName(String placeholder, String name) {

    /** Reads what the user typed. */
    static final class Converter implements ITypeConverter<TemplateName> {
        @Override
        public TemplateName convert(String text) {
            int equals = text.indexOf('=');
            if (equals < 1 || equals == text.length() - 1) {
                throw new TypeConversionException("`" + text + "` is not PLACEHOLDER=NAME, such as table=users");
            }
            return new TemplateName(text.substring(0, equals), text.substring(equals + 1));
        }
    }
}
