package io.millrace.common.source.postgres;

import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which tables are captured: a name says that of one moment alone, the number that Postgres gives a table stays with it
 * until it is dropped, whatever it is called.
 *
 * @param byName {@code pg_class.oid} of each table, by schema and name; without those of which it is not known
 */
public record TableNumbers(Map<String, Long> byName) implements Serializable {

    /** Knows no table. */
    public static final TableNumbers NONE = new TableNumbers(Map.of());

    private static final String LOOK_UP = "SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')";

    public TableNumbers {
        byName = Map.copyOf(byName);
    }

    /** Returns those of the tables that are there. */
    static TableNumbers of(Sql sql, List<String> tables) throws SQLException {
        Map<String, Long> numbers = new HashMap<>();
        for (String table : tables) {
            TableName name = TableName.of(table);
            Optional<Sql.Row> found = sql.first(LOOK_UP, name.schema(), name.name());
            if (found.isPresent()) {
                numbers.put(table, Long.parseLong(found.get().text("oid")));
            }
        }
        return new TableNumbers(numbers);
    }

    /**
     * Returns what became of a table that another one has taken the name of; nothing if it is the same, or not known.
     *
     * @param name schema and name of now
     * @param number of the table that is called so now
     */
    public Optional<String> lost(String name, long number) {
        Long before = byName.get(name);
        if (before == null || before == number) {
            return Optional.empty();
        }
        return Optional.of(byName.entrySet().stream()
                .filter(other -> other.getValue() == number)
                .map(other -> "Table " + other.getKey() + " was renamed to " + name)
                .findFirst()
                .orElse("Table " + name
                        + " was dropped and made anew, or another table got its name: it had the number " + before
                        + ", and has " + number));
    }

    /** Returns what became of the first table that is another one now. */
    public Optional<String> lost(TableNumbers now) {
        return now.byName().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(table -> lost(table.getKey(), table.getValue()).stream())
                .findFirst();
    }
}
