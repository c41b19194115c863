package io.millrace.common.sink.jdbc;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A table and its view as Postgres says they are.
 *
 * @param kind of the relation, as in {@code pg_class.relkind}; empty if there is none
 * @param columns by name, in their order
 * @param uniqueKeys the columns of each index that keeps them unique in every row
 * @param viewKind of what has the view's name
 * @param view the types of its columns
 */
record TableLayout(
        String kind,
        Map<String, Described> columns,
        List<Set<String>> uniqueKeys,
        String viewKind,
        Map<String, String> view) {

    static final String VERSION_TYPE = "bigint";
    static final String DELETED_AT_TYPE = "timestamp with time zone";

    private static final String TABLE = "r";
    private static final String PARTITIONED_TABLE = "p";
    private static final String VIEW = "v";

    /**
     * A column.
     *
     * @param type as Postgres writes it
     * @param required whether it cannot be null
     * @param filled whether it has a default
     * @param generated whether nobody can write it
     */
    record Described(String type, boolean required, boolean filled, boolean generated) {}

    boolean isThere() {
        return !kind.isEmpty();
    }

    boolean isTable() {
        return kind.equals(TABLE) || kind.equals(PARTITIONED_TABLE);
    }

    boolean hasVersions() {
        return hasType(PostgresRoute.VERSION, VERSION_TYPE) && hasType(PostgresRoute.DELETED_AT, DELETED_AT_TYPE);
    }

    private boolean hasType(String column, String type) {
        Described described = columns.get(column);
        return described != null && described.type().equals(type);
    }

    /** Tells whether each row has a key of these columns, and no other row has it too. */
    boolean isUnique(Collection<String> key) {
        return uniqueKeys.contains(Set.copyOf(key))
                && names(Described::required).containsAll(key);
    }

    /** Returns the columns of no key that cannot be null, as those of a row that is gone are. */
    List<String> neverNull() {
        return names(column -> column.required() && !column.filled() && !column.generated()).stream()
                .filter(name -> uniqueKeys.stream().noneMatch(key -> key.contains(name)))
                .toList();
    }

    /** Returns the columns that can be null and can be written. */
    List<String> emptied() {
        return names(column -> !column.required() && !column.generated());
    }

    boolean isFilled(String column) {
        Described described = columns.get(column);
        return described != null && described.filled();
    }

    private List<String> names(Predicate<Described> chosen) {
        return columns.entrySet().stream()
                .filter(column ->
                        chosen.test(column.getValue()) && !PostgresRoute.OWN_COLUMNS.contains(column.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    boolean hasView() {
        return !viewKind.isEmpty();
    }

    boolean canHaveView() {
        return !hasView() || viewKind.equals(VIEW);
    }

    /** Returns the types of the columns that the view is to show. */
    Map<String, String> shown() {
        Map<String, String> shown = new LinkedHashMap<>();
        columns.forEach((name, column) -> {
            if (!PostgresRoute.OWN_COLUMNS.contains(name)) {
                shown.put(name, column.type());
            }
        });
        return shown;
    }

    boolean isShown() {
        return hasView() && List.copyOf(view.entrySet()).equals(List.copyOf(shown().entrySet()));
    }

    /** Tells whether the view shows the first ones, so that the others can be added to it as it is. */
    boolean isBegun() {
        List<Map.Entry<String, String>> all = List.copyOf(shown().entrySet());
        return view.size() <= all.size() && List.copyOf(view.entrySet()).equals(all.subList(0, view.size()));
    }
}
