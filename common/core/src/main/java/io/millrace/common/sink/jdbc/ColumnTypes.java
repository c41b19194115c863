package io.millrace.common.sink.jdbc;

import io.millrace.common.serde.Column;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which type of Postgres' a column gets, spelt as {@code format_type} does. */
final class ColumnTypes {

    static final String TEXT = "text";

    private static final String NUMERIC = "numeric";
    private static final List<String> INTEGERS = List.of("smallint", "integer", "bigint", NUMERIC);
    private static final List<String> FLOATS = List.of("real", "double precision");

    /**
     * Types whose values come as the text that Postgres prints, whatever its settings are. Those of money, which the
     * locale decides about, and those of extensions and users, which not every database has, stay text.
     */
    private static final Map<String, String> PRINTED = Map.ofEntries(
            Map.entry("BIT", "bit varying"),
            Map.entry("BYTEA", "bytea"),
            Map.entry("TIME", "time without time zone"),
            Map.entry("TIMESTAMP", "timestamp without time zone"),
            Map.entry("TIMESTAMPTZ", "timestamp with time zone"),
            Map.entry("TIMETZ", "time with time zone"),
            Map.entry("UUID", "uuid"),
            Map.entry("VARBIT", "bit varying"));

    /** Such types whose name is what Postgres calls them everywhere. */
    private static final Set<String> PRINTED_BY_NAME = Set.of(
            "BOX",
            "CIDR",
            "CIRCLE",
            "DATE",
            "DATEMULTIRANGE",
            "DATERANGE",
            "INET",
            "INT4MULTIRANGE",
            "INT4RANGE",
            "INT8MULTIRANGE",
            "INT8RANGE",
            "INTERVAL",
            "JSONPATH",
            "LINE",
            "LSEG",
            "MACADDR",
            "MACADDR8",
            "NUMMULTIRANGE",
            "NUMRANGE",
            "PATH",
            "PG_LSN",
            "POINT",
            "POLYGON",
            "TSMULTIRANGE",
            "TSQUERY",
            "TSRANGE",
            "TSTZMULTIRANGE",
            "TSTZRANGE",
            "TSVECTOR");

    /** What {@link #of} gives, besides numbers and lists. */
    private static final Set<String> OTHERS = Set.of("boolean", "json", "jsonb");

    private ColumnTypes() {}

    /** Returns the type that holds every value of a column exactly. */
    static String of(Column column) {
        return switch (column.kind()) {
            case INTEGER -> integer(column.type());
            case FLOAT ->
                column.type().equals("float") || column.type().equals("float32") ? FLOATS.get(0) : FLOATS.get(1);
            case DECIMAL -> NUMERIC;
            case BOOLEAN -> "boolean";
            case JSON -> "JSON".equals(column.sourceType()) ? "json" : "jsonb";
            case BYTES -> "bytea";
            case DATE -> "date";
            case TIME -> isZoned(column) ? "time with time zone" : "time without time zone";
            case TIMESTAMP -> "timestamp without time zone";
            case TIMESTAMP_TZ -> "timestamp with time zone";
            case TEXT -> TEXT;
            case KEYWORD, OTHER -> "io.debezium.data.Uuid".equals(column.semantic()) ? "uuid" : printed(column);
            case ARRAY -> list(of(Objects.requireNonNull(column.items())));
        };
    }

    /** Tells whether a column can be of another type than {@link #of}, which its schema does not tell. */
    static boolean isVague(Column column) {
        String type = of(column);
        return column.sourceType() == null && (type.equals(TEXT) || type.equals("bytea"));
    }

    /** Lists of lists are of the same type as lists. */
    private static String list(String item) {
        return item.endsWith("[]") ? item : item + "[]";
    }

    private static String integer(String connectType) {
        return switch (connectType) {
            case "int8", "int16" -> INTEGERS.get(0);
            case "int32" -> INTEGERS.get(1);
            default -> INTEGERS.get(2);
        };
    }

    private static boolean isZoned(Column column) {
        return "TIMETZ".equals(column.sourceType()) || "io.debezium.time.ZonedTime".equals(column.semantic());
    }

    private static String printed(Column column) {
        String name = column.sourceType();
        return name == null ? TEXT : printed(name);
    }

    private static String printed(String name) {
        return PRINTED_BY_NAME.contains(name) ? name.toLowerCase(Locale.ROOT) : PRINTED.getOrDefault(name, TEXT);
    }

    /**
     * Returns the type that a column has to have for the values of both; the one that it has if there is none, or if
     * that one was somebody else's choice.
     *
     * @param has null if there is no such column yet
     */
    static String widen(@Nullable String has, String wanted) {
        if (has == null || has.equals(wanted)) {
            return wanted;
        }
        if (wanted.equals(TEXT)) {
            return isOwn(has) ? TEXT : has;
        }
        for (List<String> wider : List.of(INTEGERS, FLOATS)) {
            if (wider.contains(has) && wider.contains(wanted)) {
                return wider.get(Math.max(wider.indexOf(has), wider.indexOf(wanted)));
            }
        }
        return has;
    }

    private static boolean isOwn(String type) {
        String plain = type.endsWith("[]") ? type.substring(0, type.length() - 2) : type;
        return INTEGERS.contains(plain)
                || FLOATS.contains(plain)
                || OTHERS.contains(plain)
                || PRINTED.containsValue(plain)
                || PRINTED_BY_NAME.contains(plain.toUpperCase(Locale.ROOT));
    }
}
