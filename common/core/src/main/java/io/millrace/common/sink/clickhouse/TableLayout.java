package io.millrace.common.sink.clickhouse;

import io.millrace.common.sink.clickhouse.type.CellType;
import io.millrace.common.sink.clickhouse.type.CellTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table as ClickHouse says it is.
 *
 * @param columns in their order; none if there is no such table
 * @param sortingKey the columns that it is sorted by
 * @param view the types of its view's columns
 * @param isPartitioned whether it is cut in partitions
 */
record TableLayout(
        Map<String, Described> columns, List<String> sortingKey, Map<String, String> view, boolean isPartitioned) {

    /** Kinds of columns that {@code SELECT *} leaves out. */
    private static final Set<String> HIDDEN = Set.of("MATERIALIZED", "ALIAS", "EPHEMERAL");

    /**
     * A column.
     *
     * @param type as ClickHouse writes it
     * @param kind of its default; empty for none
     */
    record Described(String type, String kind) {}

    boolean isThere() {
        return !columns.isEmpty();
    }

    boolean has(String column) {
        return columns.containsKey(column);
    }

    @Nullable
    String type(String column) {
        Described described = columns.get(column);
        return described == null ? null : described.type();
    }

    /** Returns the type of a column, if rows can be written as one of it. */
    Optional<CellType> cellType(String column) {
        return Optional.ofNullable(type(column)).flatMap(CellTypes::parse);
    }

    /** Tells whether the view shows the columns that there are. */
    boolean isShown() {
        Map<String, String> wanted = new LinkedHashMap<>();
        columns.forEach((name, column) -> {
            if (!ClickHouseRoute.OWN_COLUMNS.contains(name) && !HIDDEN.contains(column.kind())) {
                wanted.put(name, column.type());
            }
        });
        return wanted.equals(view);
    }
}
