package io.millrace.analytics.model;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.event.SourcePosition;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table of results, in ClickHouse or as keys of Redis: its rows travel as row changes, as those of any table do.
 *
 * @param key the columns that name a row
 * @param values the others, in the table's order
 */
public record ResultTable(String name, List<Column> key, List<Column> values) implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final SourcePosition NOWHERE = new SourcePosition(0, 0, 0, false, null);

    /** What a column holds. */
    public enum Kind {
        TIME("\"int64\",\"name\":\"io.debezium.time.Timestamp\"", "DateTime64(3, 'UTC')"),
        TEXT("\"string\"", "String"),
        NUMBER("\"int64\"", "Int64"),
        NUMBERS("\"array\",\"items\":{\"type\":\"int64\",\"optional\":false}", "Array(Int64)"),
        FRACTION("\"double\"", "Float64"),
        FRACTIONS("\"array\",\"items\":{\"type\":\"double\",\"optional\":false}", "Array(Float64)"),
        /** An exact decimal, as a text: 29 digits before the point. */
        MONEY("\"string\",\"parameters\":{\"__debezium.source.column.type\":\"NUMERIC\"}", "Decimal(38, 9)");

        private final String schema;
        private final String clickhouse;

        Kind(String schema, String clickhouse) {
            this.schema = schema;
            this.clickhouse = clickhouse;
        }
    }

    /** A column, which is never null. */
    public record Column(String name, Kind kind) implements Serializable {

        private static final long serialVersionUID = 1L;

        private String schema() {
            return "{\"type\":" + kind.schema + ",\"optional\":false,\"field\":\"" + name + "\"}";
        }
    }

    public ResultTable {
        key = List.copyOf(key);
        values = List.copyOf(values);
    }

    /** Returns the schema that goes with every row; to be made once. */
    public RowSchema schema() {
        String keys = key.stream().map(Column::schema).collect(Collectors.joining(","));
        String all = keys + "," + values.stream().map(Column::schema).collect(Collectors.joining(","));
        return new RowSchema(
                bytes("{\"type\":\"struct\",\"fields\":[" + keys + "]}"),
                bytes("{\"type\":\"struct\",\"fields\":[{\"type\":\"struct\",\"fields\":[" + all
                        + "],\"optional\":true,\"field\":\"after\"}]}"));
    }

    /** Returns the types of the columns in ClickHouse, as the migrations make them. */
    public Map<String, String> clickhouseTypes() {
        Map<String, String> types = new TreeMap<>();
        key.forEach(column -> types.put(column.name(), column.kind().clickhouse));
        values.forEach(column -> types.put(column.name(), column.kind().clickhouse));
        return types;
    }

    /**
     * Returns the change of a row.
     *
     * @param row null if it is gone
     */
    public RowChange change(long version, RowJson named, @Nullable RowJson row, RowSchema schema) {
        return new RowChange(
                name,
                row == null ? Operation.DELETE : Operation.UPDATE,
                version,
                named.toBytes(),
                null,
                row == null ? null : row.toBytes(),
                schema,
                NOWHERE,
                null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
