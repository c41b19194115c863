package io.millrace.shop.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table of versions in ClickHouse against its source: read with {@code FINAL}, one row for each of the source's, the
 * same values, the version that was captured. A list that is null is an empty one there.
 */
public final class ClickHouseCheck implements Check {

    private static final String VERSION = "_version";

    private final ClickHouseHttp http;
    private final String name;
    private final String table;
    private final @Nullable TopicCheck versions;

    /**
     * Checks one table.
     *
     * @param name of the table in ClickHouse, with its database
     * @param versions the topic whose versions the rows must have; null if they are not compared
     */
    public ClickHouseCheck(String url, String name, String table, @Nullable TopicCheck versions) {
        this.http = new ClickHouseHttp(url);
        this.name = name;
        this.table = table;
        this.versions = versions;
    }

    @Override
    public String target() {
        return "clickhouse." + table;
    }

    @Override
    public CheckResult run(SourceSnapshot source) {
        SourceTable shape = source.table(table);
        Comparison comparison = new Comparison(shape, Representation.CLICKHOUSE);
        Map<RowKey, FoundRow> rows = read(shape, comparison);
        comparison.compare(withoutNullLists(shape, source.rows(table)), rows);
        if (versions != null) {
            TopicState topic = versions.read(source);
            rows.forEach((key, row) -> {
                if (row.version() != topic.lastVersion(key)) {
                    comparison.differs(key, VERSION, topic.lastVersion(key), row.version());
                }
            });
        }
        return comparison.result(target(), source.rows(table).size());
    }

    private static Map<RowKey, JsonNode> withoutNullLists(SourceTable shape, Map<RowKey, JsonNode> rows) {
        Map<RowKey, JsonNode> expected = new TreeMap<>();
        rows.forEach((key, row) -> {
            ObjectNode copy = row.deepCopy();
            shape.columns().stream()
                    .filter(column -> column.array() && copy.path(column.name()).isNull())
                    .forEach(column -> copy.putArray(column.name()));
            expected.put(key, copy);
        });
        return expected;
    }

    private Map<RowKey, FoundRow> read(SourceTable shape, Comparison comparison) {
        String columns = shape.columns().stream().map(ClickHouseCheck::selected).collect(Collectors.joining(", "));
        Map<RowKey, FoundRow> rows = new TreeMap<>();
        http.rows("SELECT " + columns + ", " + VERSION + " FROM " + name + " FINAL WHERE _is_deleted = 0", row -> {
            long version = row.remove(VERSION).asLong();
            RowKey key = shape.keyOf(row);
            if (rows.put(key, new FoundRow(row, version)) != null) {
                comparison.differs(key, "key", "one row", "another one");
            }
        });
        return rows;
    }

    /** Bytes are no text that JSON could hold. */
    private static String selected(SourceColumn column) {
        String quoted = "`" + column.name() + "`";
        return column.type() == ColumnType.BYTES && !column.array()
                ? "base64Encode(" + quoted + ") AS " + quoted
                : quoted;
    }
}
