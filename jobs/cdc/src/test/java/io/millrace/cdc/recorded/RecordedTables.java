package io.millrace.cdc.recorded;

import io.millrace.common.serde.declared.DeclaredTable;
import io.millrace.common.serde.declared.DeclaredTable.DeclaredColumn;
import io.millrace.common.serde.declared.PostgresType;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tables that were recorded, as somebody would write their columns into routes. */
public final class RecordedTables {

    private static final Map<String, String> KINDS = columns(
            "id", "bigint",
            "small", "smallint",
            "whole", "integer",
            "grade", "integer",
            "exact", "numeric",
            "price", "numeric(20, 4)",
            "share", "numeric(5, 2)",
            "paid", "money",
            "ratio", "double precision",
            "single", "real",
            "flag", "boolean",
            "title", "text",
            "code", "varchar(8)",
            "fixed", "char(3)",
            "born", "date",
            "opens", "time",
            "opens3", "time(3)",
            "made", "timestamp",
            "made3", "timestamp(3)",
            "seen", "timestamptz",
            "lasts", "interval",
            "ref", "uuid",
            "doc", "jsonb",
            "raw", "bytea",
            "feels", "enum",
            "bits", "bit(5)",
            "tags", "text[]",
            "counts", "integer[]",
            "prices", "numeric(8, 2)[]",
            "days", "date[]",
            "host", "inet");

    private RecordedTables() {}

    /** Returns the types of each table's columns. */
    static Map<String, Map<String, String>> columns() {
        return Map.of(
                "public.kinds", KINDS,
                "public.notes", columns("id", "bigint", "body", "text", "size", "integer"),
                "public.bookings", columns("day", "date", "seat", "integer", "guest", "text"),
                "public.whole", columns("id", "integer", "body", "text"),
                "public.emptied", columns("id", "integer"));
    }

    /** Returns what a configuration with these columns declares. */
    public static Map<String, DeclaredTable> declared() {
        Map<String, DeclaredTable> tables = new LinkedHashMap<>();
        columns().forEach((table, columns) -> {
            Map<String, DeclaredColumn> declared = new LinkedHashMap<>();
            columns.forEach((name, type) -> declared.put(
                    name, new DeclaredColumn(PostgresType.parse(type).orElseThrow(), true)));
            tables.put(table, new DeclaredTable(declared));
        });
        return tables;
    }

    private static Map<String, String> columns(String... namesAndTypes) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            columns.put(namesAndTypes[i], namesAndTypes[i + 1]);
        }
        return columns;
    }
}
