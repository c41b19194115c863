package io.millrace.common.serde;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table or of its key, as the schema of its change events tells.
 *
 * @param type Connect's type: int8 to int64, float, double, boolean, string, bytes, array, map, struct
 * @param semantic the name Debezium gave the type, such as {@code io.debezium.time.Date}; null if none
 * @param sourceType Postgres' name of the type in capitals, such as {@code NUMERIC}; null if the schema is silent
 * @param size the scale of a decimal, the length of a bit string; 0 for everything else
 * @param sourceLength digits or characters that Postgres' declaration allows; 0 if the schema is silent
 * @param sourceScale digits behind the point that it allows; 0 if the schema is silent
 * @param items what a list holds; null exactly if the column is none
 */
public record Column(
        String name,
        ColumnKind kind,
        ValueEncoding encoding,
        String type,
        boolean optional,
        @Nullable String semantic,
        @Nullable String sourceType,
        int size,
        int sourceLength,
        int sourceScale,
        @Nullable Column items) {}
