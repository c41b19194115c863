package io.millrace.common.serde;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what a column holds and how its values were written, from the three names its type goes by. */
record ColumnTyping(ColumnKind kind, ValueEncoding encoding) {

    private static final Map<String, ColumnTyping> BY_SEMANTIC = Map.ofEntries(
            entry("io.debezium.time.Date", ColumnKind.DATE, ValueEncoding.DAYS),
            entry("io.debezium.time.Time", ColumnKind.TIME, ValueEncoding.TIME_MILLIS),
            entry("io.debezium.time.MicroTime", ColumnKind.TIME, ValueEncoding.TIME_MICROS),
            entry("io.debezium.time.NanoTime", ColumnKind.TIME, ValueEncoding.TIME_NANOS),
            entry("io.debezium.time.ZonedTime", ColumnKind.TIME, ValueEncoding.AS_IS),
            entry("io.debezium.time.Timestamp", ColumnKind.TIMESTAMP, ValueEncoding.TIMESTAMP_MILLIS),
            entry("io.debezium.time.MicroTimestamp", ColumnKind.TIMESTAMP, ValueEncoding.TIMESTAMP_MICROS),
            entry("io.debezium.time.NanoTimestamp", ColumnKind.TIMESTAMP, ValueEncoding.TIMESTAMP_NANOS),
            entry("io.debezium.time.ZonedTimestamp", ColumnKind.TIMESTAMP_TZ, ValueEncoding.AS_IS),
            entry("io.debezium.time.IsoDate", ColumnKind.DATE, ValueEncoding.ISO_ZULU),
            entry("io.debezium.time.IsoTime", ColumnKind.TIME, ValueEncoding.ISO_ZULU),
            entry("io.debezium.time.IsoTimestamp", ColumnKind.TIMESTAMP, ValueEncoding.ISO_ZULU),
            entry("org.apache.kafka.connect.data.Date", ColumnKind.DATE, ValueEncoding.DAYS),
            entry("org.apache.kafka.connect.data.Time", ColumnKind.TIME, ValueEncoding.TIME_MILLIS),
            entry("org.apache.kafka.connect.data.Timestamp", ColumnKind.TIMESTAMP, ValueEncoding.TIMESTAMP_MILLIS),
            entry("org.apache.kafka.connect.data.Decimal", ColumnKind.DECIMAL, ValueEncoding.DECIMAL_BYTES),
            entry("io.debezium.data.VariableScaleDecimal", ColumnKind.DECIMAL, ValueEncoding.DECIMAL_STRUCT),
            entry("io.debezium.data.Json", ColumnKind.JSON, ValueEncoding.JSON_TEXT),
            entry("io.debezium.data.Uuid", ColumnKind.KEYWORD, ValueEncoding.AS_IS),
            entry("io.debezium.data.Enum", ColumnKind.KEYWORD, ValueEncoding.AS_IS),
            entry("io.debezium.data.Ltree", ColumnKind.KEYWORD, ValueEncoding.AS_IS),
            entry("io.debezium.data.Xml", ColumnKind.TEXT, ValueEncoding.AS_IS));

    private static final Set<String> EXACT_NUMBERS = Set.of("NUMERIC", "DECIMAL");
    private static final Set<String> PROSE = Set.of("TEXT", "VARCHAR", "BPCHAR", "CHAR", "CITEXT", "NAME");

    static ColumnTyping of(String type, @Nullable String semantic, @Nullable String sourceType) {
        ColumnTyping named = semantic == null ? null : BY_SEMANTIC.get(semantic);
        if (named != null) {
            return named;
        }
        return switch (type) {
            case "int8", "int16", "int32", "int64" -> plain(ColumnKind.INTEGER);
            case "float", "double", "float32", "float64" -> plain(ColumnKind.FLOAT);
            case "boolean" -> plain(ColumnKind.BOOLEAN);
            case "string" -> text(sourceType);
            case "bytes" -> bytes(semantic, sourceType);
            case "array" -> new ColumnTyping(ColumnKind.ARRAY, ValueEncoding.LIST);
            case "struct", "map" -> plain(ColumnKind.JSON);
            default -> plain(ColumnKind.OTHER);
        };
    }

    private static ColumnTyping text(@Nullable String sourceType) {
        if (sourceType == null || PROSE.contains(sourceType)) {
            return plain(ColumnKind.TEXT);
        }
        return EXACT_NUMBERS.contains(sourceType)
                ? new ColumnTyping(ColumnKind.DECIMAL, ValueEncoding.DECIMAL_TEXT)
                : plain(ColumnKind.KEYWORD);
    }

    private static ColumnTyping bytes(@Nullable String semantic, @Nullable String sourceType) {
        if ("io.debezium.data.Bits".equals(semantic)) {
            return "BIT".equals(sourceType)
                    ? new ColumnTyping(ColumnKind.OTHER, ValueEncoding.BITS)
                    : plain(ColumnKind.BYTES);
        }
        return sourceType == null || sourceType.equals("BYTEA")
                ? plain(ColumnKind.BYTES)
                : new ColumnTyping(ColumnKind.OTHER, ValueEncoding.TEXT_BYTES);
    }

    private static ColumnTyping plain(ColumnKind kind) {
        return new ColumnTyping(kind, ValueEncoding.AS_IS);
    }

    private static Map.Entry<String, ColumnTyping> entry(String semantic, ColumnKind kind, ValueEncoding encoding) {
        return Map.entry(semantic, new ColumnTyping(kind, encoding));
    }
}
