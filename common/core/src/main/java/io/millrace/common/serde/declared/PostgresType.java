package io.millrace.common.serde.declared;

import java.io.Serializable;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A type as a column is declared, such as {@code numeric(20, 4)} or {@code text[]}.
 *
 * @param name the word of {@code pg_type}, as {@code int8}; {@code enum} for every enum
 * @param size the first number in parentheses: digits, characters, bits, or digits of a second; -1 if there is none
 * @param scale the second one; -1 if there is none
 * @param array whether it is a list of these, of any depth
 */
public record PostgresType(String name, int size, int scale, boolean array) implements Serializable {

    private static final Pattern DECLARATION =
            Pattern.compile("([a-z_][a-z0-9_. ]*?) ?(?:\\( ?(\\d{1,9}) ?(?:, ?(-?\\d{1,9}) ?)?\\))?"
                    + "( with time zone| without time zone)?((?: ?\\[\\d*])*)");

    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("smallint", "int2"),
            Map.entry("smallserial", "int2"),
            Map.entry("integer", "int4"),
            Map.entry("int", "int4"),
            Map.entry("serial", "int4"),
            Map.entry("bigint", "int8"),
            Map.entry("bigserial", "int8"),
            Map.entry("real", "float4"),
            Map.entry("float", "float8"),
            Map.entry("double precision", "float8"),
            Map.entry("decimal", "numeric"),
            Map.entry("boolean", "bool"),
            Map.entry("character varying", "varchar"),
            Map.entry("character", "bpchar"),
            Map.entry("char", "bpchar"),
            Map.entry("bit varying", "varbit"));

    /**
     * Reads a declaration, in the words of {@code CREATE TABLE} or of {@code format_type}.
     *
     * @return nothing if it is not written like one; any name is taken for a type's
     */
    public static Optional<PostgresType> parse(String declaration) {
        String plain = declaration.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        Matcher match = DECLARATION.matcher(plain);
        if (!match.matches()) {
            return Optional.empty();
        }
        String name = match.group(1).startsWith("interval ") ? "interval" : match.group(1);
        String zoned = " with time zone".equals(match.group(4)) ? name + "tz" : name;
        return Optional.of(new PostgresType(
                ALIASES.getOrDefault(zoned, zoned),
                number(match.group(2)),
                number(match.group(3)),
                !match.group(5).isEmpty()));
    }

    private static int number(String text) {
        return text == null ? -1 : Integer.parseInt(text);
    }

    /** Whether this is a type that comes with Postgres, or {@code enum}; others have no form that is known here. */
    public boolean isKnown() {
        return FieldForms.isKnown(name);
    }

    /** Returns what a list of this type holds. */
    PostgresType element() {
        return new PostgresType(name, size, scale, false);
    }
}
