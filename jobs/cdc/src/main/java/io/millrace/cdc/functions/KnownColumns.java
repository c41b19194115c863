package io.millrace.cdc.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a row: of each column the first 64 bits of its value's SHA-256. Two values share them once in
 * 10<sup>19</sup> changes.
 */
final class KnownColumns {

    /** Stands for null, which is told from a column that is not there. */
    private static final long NULL = 0;

    private KnownColumns() {}

    /** Returns them for some of a row's columns. */
    static Map<String, Long> of(ObjectNode row, Predicate<String> chosen) {
        Map<String, Long> columns = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : row.properties()) {
            if (chosen.test(field.getKey())) {
                columns.put(field.getKey(), hash(field.getValue()));
            }
        }
        return columns;
    }

    private static long hash(JsonNode value) {
        return value.isNull()
                ? NULL
                : ByteBuffer.wrap(Digests.sha256(value.toString().getBytes(StandardCharsets.UTF_8)))
                        .getLong();
    }

    /**
     * Returns the columns that are not as they were. One that was not there, because it is new to the table, has
     * changed unless it is null.
     *
     * @param before null if nothing is known, and so nothing has changed
     */
    static Set<String> changed(@Nullable Map<String, Long> before, Map<String, Long> after) {
        Set<String> changed = new LinkedHashSet<>();
        if (before != null) {
            after.forEach((column, hash) -> {
                if (!hash.equals(before.getOrDefault(column, NULL))) {
                    changed.add(column);
                }
            });
        }
        return changed;
    }
}
