package io.millrace.shop.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares the rows of one table with what one target holds, and collects what differs. */
final class Comparison {

    private final SourceTable table;
    private final Representation representation;
    private final List<Difference> differences = new ArrayList<>();
    private final Set<RowKey> differing = new HashSet<>();

    Comparison(SourceTable table, Representation representation) {
        this.table = table;
        this.representation = representation;
    }

    /** Notes something that is wrong with a row. */
    void differs(RowKey key, String column, Object expected, Object found) {
        differing.add(key);
        differences.add(Difference.of(table.name(), key, column, expected, found));
    }

    void compare(Map<RowKey, JsonNode> expected, Map<RowKey, FoundRow> found) {
        expected.forEach((key, row) -> {
            FoundRow other = found.get(key);
            if (other == null) {
                differs(key, "*", "a row", "nothing");
            } else {
                compareRow(key, row, other.row());
            }
        });
        for (RowKey key : found.keySet()) {
            if (!expected.containsKey(key)) {
                differs(key, "*", "nothing", "a row");
            }
        }
    }

    CheckResult result(String target, int rows) {
        return CheckResult.rows(target, rows, differing.size(), differences);
    }

    private void compareRow(RowKey key, JsonNode expected, JsonNode found) {
        for (SourceColumn column : table.columns()) {
            JsonNode value = found.get(column.name());
            JsonNode wanted = expected.path(column.name());
            if (value == null) {
                differs(key, column.name(), wanted, "no such field");
            } else {
                compareValue(key, column, wanted, value);
            }
        }
        if (found.size() > table.columns().size()) {
            for (Iterator<String> names = found.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                if (table.columns().stream().noneMatch(column -> column.name().equals(name))) {
                    differs(key, name, "no such field", found.path(name));
                }
            }
        }
    }

    private void compareValue(RowKey key, SourceColumn column, JsonNode expected, JsonNode found) {
        try {
            if (!Values.same(column, expected, representation.canonical(column, found))) {
                differs(key, column.name(), expected, found);
            }
        } catch (IllegalArgumentException e) {
            differs(key, column.name(), expected, found + " (" + e.getMessage() + ")");
        }
    }
}
