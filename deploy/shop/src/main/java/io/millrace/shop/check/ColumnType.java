package io.millrace.shop.check;

import java.util.Locale;

/** The types whose representation differs from one target to another. */
enum ColumnType {
    NUMBER,
    REAL,
    DOUBLE,
    DECIMAL,
    BOOLEAN,
    TEXT,
    JSON,
    BYTES,
    DATE,
    TIME,
    TIMESTAMP,
    TIMESTAMP_WITH_ZONE;

    /**
     * Finds the type by Postgres' own name for it.
     *
     * @param name as {@code format_type} prints it without a modifier; any other type is text
     */
    static ColumnType of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "smallint", "integer", "bigint" -> NUMBER;
            case "real" -> REAL;
            case "double precision" -> DOUBLE;
            case "numeric" -> DECIMAL;
            case "boolean" -> BOOLEAN;
            case "json", "jsonb" -> JSON;
            case "bytea" -> BYTES;
            case "date" -> DATE;
            case "time without time zone" -> TIME;
            case "timestamp without time zone" -> TIMESTAMP;
            case "timestamp with time zone" -> TIMESTAMP_WITH_ZONE;
            default -> TEXT;
        };
    }
}
