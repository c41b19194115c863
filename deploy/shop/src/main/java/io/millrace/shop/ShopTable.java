package io.millrace.shop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One table as the seed and the workload fill it. Rows are numbered, and the number decides the key, so that
 * several clients meet on the same keys.
 *
 * @param key the text of the key columns of row n, n from 1
 * @param columns the other columns
 */
record ShopTable(String name, List<String> keyColumns, IntFunction<List<String>> key, List<ShopColumn> columns) {

    /** Returns a new row in the order of {@link #columnNames()}. */
    List<@Nullable String> row(int number, ShopRandom random) {
        List<@Nullable String> row = new ArrayList<>(key.apply(number));
        columns.forEach(column -> row.add(column.next(random)));
        return row;
    }

    List<String> columnNames() {
        List<String> names = new ArrayList<>(keyColumns);
        columns.forEach(column -> names.add(column.name()));
        return names;
    }

    List<ShopColumn> smallColumns() {
        return columns.stream().filter(column -> !column.large()).toList();
    }

    List<ShopColumn> largeColumns() {
        return columns.stream().filter(ShopColumn::large).toList();
    }

    String insertSql() {
        List<String> names = columnNames();
        return "INSERT INTO " + name + " (" + String.join(", ", names) + ") VALUES ("
                + String.join(", ", Collections.nCopies(names.size(), "?")) + ")";
    }

    String upsertSql() {
        List<String> sets = columns.stream()
                .map(column -> column.name() + " = excluded." + column.name())
                .toList();
        return insertSql() + " ON CONFLICT (" + String.join(", ", keyColumns) + ") DO UPDATE SET "
                + String.join(", ", sets);
    }

    String updateSql(List<ShopColumn> changed) {
        List<String> sets =
                changed.stream().map(column -> column.name() + " = ?").toList();
        return "UPDATE " + name + " SET " + String.join(", ", sets) + whereKey();
    }

    String moveSql() {
        List<String> sets = keyColumns.stream().map(column -> column + " = ?").toList();
        return "UPDATE " + name + " SET " + String.join(", ", sets) + whereKey();
    }

    String deleteSql() {
        return "DELETE FROM " + name + whereKey();
    }

    private String whereKey() {
        return " WHERE "
                + String.join(
                        " AND ",
                        keyColumns.stream().map(column -> column + " = ?").toList());
    }
}
