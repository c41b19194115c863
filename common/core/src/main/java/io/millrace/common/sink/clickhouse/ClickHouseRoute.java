package io.millrace.common.sink.clickhouse;

import io.millrace.common.sink.clickhouse.type.CellType;
import io.millrace.common.sink.clickhouse.type.CellTypes;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the rows of a table go.
 *
 * @param table schema and name in the source, as {@code public.users}
 * @param name of the table in ClickHouse; the view of current rows has it with {@link #VIEW_SUFFIX}
 * @param types of ClickHouse's by column, in place of those that the columns' own give
 */
public record ClickHouseRoute(String table, String name, Map<String, String> types) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What the name of a view ends with. */
    public static final String VIEW_SUFFIX = "_current";

    static final String VERSION = "_version";
    static final String DELETED = "_is_deleted";

    /** The columns that each table has besides the source's. */
    public static final List<String> OWN_COLUMNS = List.of(VERSION, DELETED);

    public ClickHouseRoute {
        types = Map.copyOf(types);
    }

    /** Tells whether rows can be written as a type. */
    public static boolean isType(String ddl) {
        return CellTypes.parse(ddl).isPresent();
    }

    String view() {
        return name + VIEW_SUFFIX;
    }

    Optional<CellType> type(String column) {
        String chosen = types.get(column);
        return chosen == null ? Optional.empty() : CellTypes.parse(chosen);
    }
}
