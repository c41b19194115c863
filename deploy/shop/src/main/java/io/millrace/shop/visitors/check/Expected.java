package io.millrace.shop.visitors.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.shop.check.CheckResult;
import io.millrace.shop.check.Difference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rows that a result must have, or may, each with its columns. */
final class Expected {

    private final Map<String, Map<String, Cell>> rows = new TreeMap<>();
    private final Set<String> optional = new TreeSet<>();

    /** Adds a row, and returns its columns. */
    Map<String, Cell> row(String key) {
        Map<String, Cell> columns = new LinkedHashMap<>();
        rows.put(key, columns);
        return columns;
    }

    /** Adds a row that need not be there, and returns the columns that it has if it is. */
    Map<String, Cell> optionalRow(String key) {
        optional.add(key);
        return row(key);
    }

    Set<String> keys() {
        return rows.keySet();
    }

    /**
     * Compares them with what was found.
     *
     * @param target as it is printed, such as {@code clickhouse.sessions}
     */
    CheckResult compare(String target, Map<String, JsonNode> found) {
        String table = target.substring(target.indexOf('.') + 1);
        Set<String> keys = new TreeSet<>(rows.keySet());
        keys.removeAll(optional);
        keys.addAll(found.keySet());
        List<Difference> differences = new ArrayList<>();
        long differ = 0;
        for (String key : keys) {
            List<Difference> ofRow = differences(table, key, rows.get(key), found.get(key));
            differ += ofRow.isEmpty() ? 0 : 1;
            differences.addAll(ofRow);
        }
        return CheckResult.rows(target, rows.size(), differ, differences);
    }

    private static List<Difference> differences(
            String table, String key, @Nullable Map<String, Cell> expected, @Nullable JsonNode found) {
        if (expected == null || found == null) {
            return List.of(new Difference(
                    table, key, "*", expected == null ? "nothing" : "a row", found == null ? "nothing" : "a row"));
        }
        List<Difference> differences = new ArrayList<>();
        expected.forEach((column, cell) -> {
            if (!cell.admits().test(found.path(column))) {
                differences.add(new Difference(
                        table, key, column, cell.expected(), found.path(column).asText()));
            }
        });
        return differences;
    }
}
