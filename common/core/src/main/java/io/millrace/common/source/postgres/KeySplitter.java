package io.millrace.common.source.postgres;

import io.debezium.jdbc.JdbcConnection;
import io.debezium.relational.Column;
import io.debezium.relational.TableId;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.apache.flink.cdc.connectors.base.config.JdbcSourceConfig;
import org.apache.flink.cdc.connectors.base.source.assigner.state.ChunkSplitterState;
import org.apache.flink.cdc.connectors.postgres.source.PostgresChunkSplitter;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.postgresql.core.Oid;

/**
 * Splits a table into chunks by the first column of its key, also if that is of a domain. A table whose key begins with a
 * type that Flink CDC does not know, or that Postgres finds no least value of, is one chunk.
 */
final class KeySplitter extends PostgresChunkSplitter {

    private static final Map<Integer, String> SPLITTABLE = Map.ofEntries(
            Map.entry(Oid.INT2, "int2"),
            Map.entry(Oid.INT4, "int4"),
            Map.entry(Oid.INT8, "int8"),
            Map.entry(Oid.NUMERIC, "numeric"),
            Map.entry(Oid.FLOAT4, "float4"),
            Map.entry(Oid.FLOAT8, "float8"),
            Map.entry(Oid.TEXT, "text"),
            Map.entry(Oid.VARCHAR, "varchar"),
            Map.entry(Oid.BPCHAR, "bpchar"),
            Map.entry(Oid.UUID, "uuid"),
            Map.entry(Oid.DATE, "date"),
            Map.entry(Oid.TIME, "time"),
            Map.entry(Oid.TIMESTAMP, "timestamp"),
            Map.entry(Oid.TIMESTAMPTZ, "timestamptz"));

    /** Those whose least and greatest value tell where the chunks in between begin. */
    private static final Set<Integer> WHOLE_NUMBERS = Set.of(Oid.INT2, Oid.INT4, Oid.INT8);

    private static final String SERIAL = "serial";

    KeySplitter(JdbcSourceConfig config, SlotDialect dialect, ChunkSplitterState state) {
        super(config, dialect, state);
    }

    /**
     * Returns whether a table whose key begins with a type can be read in several chunks.
     *
     * @param type as {@code pg_type.typname}; of a domain, the one that it stands on
     */
    static boolean canSplit(String type) {
        return SPLITTABLE.containsValue(type);
    }

    /** Without a least and a greatest value, the table is one chunk. */
    @Override
    public Object[] queryMinMax(JdbcConnection connection, TableId table, Column column) throws SQLException {
        return SPLITTABLE.containsKey(column.nativeType())
                ? super.queryMinMax(connection, table, base(column))
                : new Object[2];
    }

    @Override
    public Object queryNextChunkMax(JdbcConnection connection, TableId table, Column column, int rows, Object from)
            throws SQLException {
        return super.queryNextChunkMax(connection, table, base(column), rows, from);
    }

    @Override
    public Object queryMin(JdbcConnection connection, TableId table, Column column, Object above) throws SQLException {
        return super.queryMin(connection, table, base(column), above);
    }

    /** What it returns of a type that Flink CDC does not know only names the column in a chunk. */
    @Override
    protected DataType fromDbzColumn(Column column) {
        String base = SPLITTABLE.get(column.nativeType());
        if (column.typeName().equals(base) || column.typeName().endsWith(SERIAL)) {
            return super.fromDbzColumn(column);
        }
        return WHOLE_NUMBERS.contains(column.nativeType())
                ? super.fromDbzColumn(base(column))
                : DataTypes.STRING().notNull();
    }

    private static Column base(Column column) {
        return column.edit()
                .type(SPLITTABLE.getOrDefault(column.nativeType(), column.typeName()))
                .create();
    }
}
