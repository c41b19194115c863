package io.millrace.cdc.model;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Columns that a target does not get.
 *
 * @param columns by target, and by schema and name of the table
 */
public record LeftOut(Map<Target, Map<String, Set<String>>> columns) implements Serializable {

    /** Every target gets every column. */
    public static final LeftOut NOTHING = new LeftOut(Map.of());

    private static final long serialVersionUID = 1L;

    public LeftOut {
        columns = Map.copyOf(columns);
    }

    /** Returns the columns of a table that a target does not get. */
    public Set<String> of(Target target, String table) {
        return columns.getOrDefault(target, Map.of()).getOrDefault(table, Set.of());
    }

    /** Returns the columns of a table by the targets that do not get them; without those that get all. */
    public Map<Target, Set<String>> of(String table) {
        Map<Target, Set<String>> left = new EnumMap<>(Target.class);
        columns.forEach((target, tables) -> {
            if (tables.containsKey(table)) {
                left.put(target, of(target, table));
            }
        });
        return left;
    }
}
