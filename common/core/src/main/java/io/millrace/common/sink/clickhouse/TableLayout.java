package io.millrace.common.sink.clickhouse;

import io.millrace.common.sink.clickhouse.type.CellType;
import io.millrace.common.sink.clickhouse.type.CellTypes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table as ClickHouse says it is.
 *
 * @param types by column, as ClickHouse writes them
 * @param sortingKey the columns that it is sorted by
 */
record TableLayout(Map<String, String> types, List<String> sortingKey) {

    boolean has(String column) {
        return types.containsKey(column);
    }

    @Nullable
    String type(String column) {
        return types.get(column);
    }

    /** Returns the type of a column, if rows can be written as one of it. */
    Optional<CellType> cellType(String column) {
        String ddl = types.get(column);
        return ddl == null ? Optional.empty() : CellTypes.parse(ddl);
    }
}
