package io.millrace.common.source.postgres.added;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a capture knows of its tables.
 *
 * @param known schema and name of those that were captured, or are to be read
 * @param unread those of them that no reader has
 */
record KnownTables(Set<String> known, List<AddedTable> unread) {

    KnownTables {
        known = Set.copyOf(known);
        unread = List.copyOf(unread);
    }

    /**
     * Returns what is known when the job goes on with other routes.
     *
     * @param captured schema and name of each table that is captured now
     * @param published position at which the publication had them
     */
    KnownTables with(List<String> captured, long published) {
        List<AddedTable> waiting = new ArrayList<>(unread);
        waiting.removeIf(table -> !captured.contains(table.name()));
        captured.stream()
                .filter(table -> !known.contains(table))
                .map(table -> AddedTable.unread(table, published))
                .forEach(waiting::add);
        return new KnownTables(new HashSet<>(captured), waiting);
    }
}
