package io.millrace.common.source.postgres.added;

import io.millrace.common.source.postgres.CaptureStart;
import io.millrace.common.source.postgres.TableNumbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a capture knows of its tables.
 *
 * @param known schema and name of those that were captured, or are to be read
 * @param unread those of them that no reader has
 * @param numbers of those whose {@link TableNumbers number} is known
 */
record KnownTables(Set<String> known, List<AddedTable> unread, Map<String, Long> numbers) {

    KnownTables {
        known = Set.copyOf(known);
        unread = List.copyOf(unread);
        numbers = Map.copyOf(numbers);
    }

    /**
     * Returns what is known when the job goes on with other routes.
     *
     * @param captured schema and name of each table that is captured now
     * @param start when the publication had them
     */
    KnownTables with(List<String> captured, CaptureStart start) {
        List<AddedTable> waiting = new ArrayList<>(unread);
        waiting.removeIf(table -> !captured.contains(table.name()));
        captured.stream()
                .filter(table -> !known.contains(table))
                .map(table -> AddedTable.unread(table, start.published()))
                .forEach(waiting::add);
        Map<String, Long> numbered = new HashMap<>(numbers);
        numbered.putAll(start.numbers().byName());
        numbered.keySet().retainAll(captured);
        return new KnownTables(new HashSet<>(captured), waiting, numbered);
    }

    /**
     * Returns what became of a table that is another one now.
     *
     * @param now the numbers of the tables at the start
     */
    Optional<String> lost(List<String> captured, TableNumbers now) {
        Map<String, Long> before = new HashMap<>(numbers);
        before.keySet().retainAll(captured);
        return new TableNumbers(before).lost(now);
    }
}
