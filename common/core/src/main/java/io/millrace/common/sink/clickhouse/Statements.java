package io.millrace.common.sink.clickhouse;

import io.millrace.common.sink.clickhouse.type.CellType;
import io.millrace.common.sink.clickhouse.type.CellTypes;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The SQL about one table and its view. */
final class Statements {

    private final String database;
    private final ClickHouseRoute route;

    Statements(String database, ClickHouseRoute route) {
        this.database = database;
        this.route = route;
    }

    static String quote(String name) {
        return '`' + name.replace("\\", "\\\\").replace("`", "\\`") + '`';
    }

    private static String text(String value) {
        return '\'' + value.replace("\\", "\\\\").replace("'", "\\'") + '\'';
    }

    String table() {
        return quote(database) + "." + quote(route.name());
    }

    private String view() {
        return quote(database) + "." + quote(route.view());
    }

    String createDatabase() {
        return "CREATE DATABASE IF NOT EXISTS " + quote(database);
    }

    /** Sorted by the key, and not partitioned: only then do all versions of a row meet in a merge. */
    String createTable(List<TableColumn> columns, List<String> key) {
        String defined = Stream.concat(
                        columns.stream().map(column -> definition(column.name(), column.type())),
                        Stream.of(
                                quote(ClickHouseRoute.VERSION) + " UInt64 CODEC(Delta, ZSTD)",
                                quote(ClickHouseRoute.DELETED) + " UInt8 CODEC(ZSTD)"))
                .collect(Collectors.joining(",\n    "));
        return "CREATE TABLE IF NOT EXISTS " + table() + " (\n    " + defined
                + "\n) ENGINE = ReplacingMergeTree(" + quote(ClickHouseRoute.VERSION) + ", "
                + quote(ClickHouseRoute.DELETED) + ")\nORDER BY "
                + key.stream().map(Statements::quote).collect(Collectors.joining(", ", "(", ")"));
    }

    /** What a later column holds for earlier rows is not known: it can be null, whatever Postgres says. */
    String addColumn(TableColumn column) {
        return "ALTER TABLE " + table() + " ADD COLUMN IF NOT EXISTS "
                + definition(column.name(), CellTypes.nullable(column.type()));
    }

    /** What lies on disk is changed afterwards; whoever reads it before sees the new type already. */
    String changeColumn(TableColumn column) {
        return "ALTER TABLE " + table() + " MODIFY COLUMN " + definition(column.name(), column.type())
                + " SETTINGS alter_sync = 0";
    }

    private static String definition(String name, CellType type) {
        return quote(name) + " " + type.ddl() + " CODEC(" + codec(type) + ")";
    }

    /** Times of neighbouring rows are near each other. */
    private static String codec(CellType type) {
        return type.ddl().contains("DateTime64") && !type.ddl().contains("Array") ? "Delta(8), ZSTD" : "ZSTD";
    }

    /** A view keeps the columns that its table had when it was made. */
    String createView() {
        return "CREATE OR REPLACE VIEW " + view() + " AS SELECT * EXCEPT (" + quote(ClickHouseRoute.VERSION) + ", "
                + quote(ClickHouseRoute.DELETED) + ") FROM " + table() + " FINAL";
    }

    String describeColumns() {
        return describeColumns(route.name());
    }

    String describeView() {
        return describeColumns(route.view());
    }

    private String describeColumns(String name) {
        return "SELECT name, type, default_kind AS kind, toString(is_in_sorting_key) AS sorted FROM system.columns"
                + " WHERE database = " + text(database) + " AND table = " + text(name) + " ORDER BY position";
    }

    String describeTable() {
        return "SELECT engine_full, sorting_key FROM system.tables WHERE database = " + text(database) + " AND name = "
                + text(route.name());
    }

    /** 0 of an empty table. */
    String highestVersion() {
        return "SELECT toString(max(" + quote(ClickHouseRoute.VERSION) + ")) AS highest FROM " + table();
    }

    /** Deletes, in one statement, every row whose version is below one. */
    String sweep(List<String> key, long version) {
        String names = key.stream().map(Statements::quote).collect(Collectors.joining(", "));
        return "INSERT INTO " + table() + " (" + names + ", " + quote(ClickHouseRoute.VERSION) + ", "
                + quote(ClickHouseRoute.DELETED) + ") SELECT " + names + ", " + version + ", 1 FROM " + table()
                + " FINAL WHERE " + quote(ClickHouseRoute.VERSION) + " < " + version
                + " SETTINGS optimize_move_to_prewhere_if_final = 0";
    }
}
