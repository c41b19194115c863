package io.millrace.common.serde.declared;

import java.util.Map;
import java.util.Set;

/**
 * The form in which a value of each type is written, as Debezium's page about
 * <a href="https://debezium.io/documentation/reference/stable/connectors/postgresql.html#postgresql-data-types">data
 * types</a> has it.
 */
final class FieldForms {

    private static final String MONEY_SCALE = "2";

    /** Written as text by Debezium, with nothing that says what it means. */
    private static final Set<String> TEXTS = Set.of(
            "text",
            "varchar",
            "bpchar",
            "name",
            "citext",
            "inet",
            "cidr",
            "macaddr",
            "macaddr8",
            "int4range",
            "int8range",
            "numrange",
            "tsrange",
            "tstzrange",
            "daterange",
            "tsvector");

    private static final Map<String, FieldForm> FIXED = Map.ofEntries(
            Map.entry("bool", FieldForm.plain("boolean")),
            Map.entry("int2", FieldForm.plain("int16")),
            Map.entry("int4", FieldForm.plain("int32")),
            Map.entry("int8", FieldForm.plain("int64")),
            Map.entry("oid", FieldForm.plain("int64")),
            Map.entry("float4", FieldForm.plain("float")),
            Map.entry("float8", FieldForm.plain("double")),
            Map.entry("bytea", FieldForm.plain("bytes")),
            Map.entry("timestamptz", FieldForm.of("string", "io.debezium.time.ZonedTimestamp")),
            Map.entry("timetz", FieldForm.of("string", "io.debezium.time.ZonedTime")),
            Map.entry("interval", FieldForm.of("int64", "io.debezium.time.MicroDuration")),
            Map.entry("json", FieldForm.of("string", "io.debezium.data.Json")),
            Map.entry("jsonb", FieldForm.of("string", "io.debezium.data.Json")),
            Map.entry("hstore", FieldForm.of("string", "io.debezium.data.Json")),
            Map.entry("xml", FieldForm.of("string", "io.debezium.data.Xml")),
            Map.entry("uuid", FieldForm.of("string", "io.debezium.data.Uuid")),
            Map.entry("enum", FieldForm.of("string", "io.debezium.data.Enum")),
            Map.entry("ltree", FieldForm.of("string", "io.debezium.data.Ltree")),
            Map.entry("point", FieldForm.of("struct", "io.debezium.data.geometry.Point")));

    private static final Set<String> BY_DIALECT =
            Set.of("numeric", "money", "date", "time", "timestamp", "bit", "varbit");

    /** Whose values a capture of this project writes in Debezium's form; all others are texts there. */
    private static final Set<String> OWN_TYPED = Set.of(
            "bool",
            "int2",
            "int4",
            "int8",
            "oid",
            "float4",
            "float8",
            "bytea",
            "date",
            "time",
            "timestamp",
            "timestamptz",
            "json",
            "jsonb",
            "uuid",
            "enum");

    private static final Set<String> OWN_TYPED_ELEMENTS =
            Set.of("bool", "int2", "int4", "int8", "oid", "float4", "float8", "json", "jsonb", "uuid");

    private FieldForms() {}

    static boolean isKnown(String name) {
        return TEXTS.contains(name) || FIXED.containsKey(name) || BY_DIALECT.contains(name);
    }

    /** Returns the form of a value that is no list. */
    static FieldForm of(PostgresType type, Dialect dialect) {
        return dialect.own() && !OWN_TYPED.contains(type.name()) ? FieldForm.plain("string") : written(type, dialect);
    }

    /** Returns the form of a value in a list. */
    static FieldForm ofElement(PostgresType type, Dialect dialect) {
        return dialect.own() && !OWN_TYPED_ELEMENTS.contains(type.name())
                ? FieldForm.plain("string")
                : written(type, dialect);
    }

    private static FieldForm written(PostgresType type, Dialect dialect) {
        return switch (type.name()) {
            case "numeric" -> number(type, dialect);
            case "money" -> decimal(dialect, Map.of("scale", MONEY_SCALE));
            case "date" -> date(dialect);
            case "time" -> time(type, dialect);
            case "timestamp" -> timestamp(type, dialect);
            case "bit" -> type.size() <= 1 ? FieldForm.plain("boolean") : bits(type.size());
            case "varbit" -> bits(type.size() < 0 ? Integer.MAX_VALUE : type.size());
            default ->
                FIXED.getOrDefault(type.name(), FieldForm.plain(TEXTS.contains(type.name()) ? "string" : "bytes"));
        };
    }

    private static FieldForm number(PostgresType type, Dialect dialect) {
        if (type.size() < 0 && dialect.decimals() == DecimalHandling.PRECISE) {
            return FieldForm.of("struct", "io.debezium.data.VariableScaleDecimal");
        }
        String scale = Integer.toString(Math.max(0, type.scale()));
        return decimal(dialect, Map.of("scale", scale, "connect.decimal.precision", Integer.toString(type.size())));
    }

    private static FieldForm decimal(Dialect dialect, Map<String, String> digits) {
        return switch (dialect.decimals()) {
            case PRECISE -> new FieldForm("bytes", "org.apache.kafka.connect.data.Decimal", digits);
            case STRING -> FieldForm.plain("string");
            case DOUBLE -> FieldForm.plain("double");
        };
    }

    private static FieldForm date(Dialect dialect) {
        return switch (dialect.times()) {
            case CONNECT -> FieldForm.of("int32", "org.apache.kafka.connect.data.Date");
            case ISOSTRING -> FieldForm.of("string", "io.debezium.time.IsoDate");
            default -> FieldForm.of("int32", "io.debezium.time.Date");
        };
    }

    private static FieldForm time(PostgresType type, Dialect dialect) {
        return switch (dialect.times()) {
            case ADAPTIVE ->
                inMillis(type)
                        ? FieldForm.of("int32", "io.debezium.time.Time")
                        : FieldForm.of("int64", "io.debezium.time.MicroTime");
            case ADAPTIVE_TIME_MICROSECONDS, MICROSECONDS -> FieldForm.of("int64", "io.debezium.time.MicroTime");
            case NANOSECONDS -> FieldForm.of("int64", "io.debezium.time.NanoTime");
            case CONNECT -> FieldForm.of("int32", "org.apache.kafka.connect.data.Time");
            case ISOSTRING -> FieldForm.of("string", "io.debezium.time.IsoTime");
        };
    }

    private static FieldForm timestamp(PostgresType type, Dialect dialect) {
        return switch (dialect.times()) {
            case ADAPTIVE, ADAPTIVE_TIME_MICROSECONDS ->
                FieldForm.of("int64", "io.debezium.time." + (inMillis(type) ? "Timestamp" : "MicroTimestamp"));
            case MICROSECONDS -> FieldForm.of("int64", "io.debezium.time.MicroTimestamp");
            case NANOSECONDS -> FieldForm.of("int64", "io.debezium.time.NanoTimestamp");
            case CONNECT -> FieldForm.of("int64", "org.apache.kafka.connect.data.Timestamp");
            case ISOSTRING -> FieldForm.of("string", "io.debezium.time.IsoTimestamp");
        };
    }

    private static boolean inMillis(PostgresType type) {
        return type.size() >= 0 && type.size() <= 3;
    }

    private static FieldForm bits(int length) {
        return new FieldForm("bytes", "io.debezium.data.Bits", Map.of("length", Integer.toString(length)));
    }
}
