package io.millrace.common.source.postgres;

import io.debezium.jdbc.JdbcConnection;
import io.debezium.relational.Column;
import io.debezium.relational.TableId;
import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Arrays;
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
 * type that Flink CDC does not know, or that Postgres finds no least value of, is one chunk, and so is a small one.
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

    /**
     * Without a least and a greatest value, the table is one chunk. So is one whose rows fit into one, without a look at
     * their distribution, for which Flink CDC rests every now and then; and one with a key that is no number, such as
     * NaN, between which and a number it finds no distance.
     */
    @Override
    public Object[] queryMinMax(JdbcConnection connection, TableId table, Column column) throws SQLException {
        if (!SPLITTABLE.containsKey(column.nativeType()) || isNewAndSmall(connection, table)) {
            return new Object[2];
        }
        Object[] found = super.queryMinMax(connection, table, base(column));
        return column.nativeType() == Oid.NUMERIC && !Arrays.stream(found).allMatch(BigDecimal.class::isInstance)
                ? new Object[2]
                : found;
    }

    /** A table that is cut already, from a savepoint on, needs its ends to be cut further. */
    private boolean isNewAndSmall(JdbcConnection connection, TableId table) throws SQLException {
        return !hasNextChunk() && fitsIntoOneChunk(new Sql(connection.connection()), table);
    }

    private boolean fitsIntoOneChunk(Sql sql, TableId id) throws SQLException {
        TableName table = new TableName(id.schema(), id.table());
        int most = sourceConfig.getSplitSize();
        String first = "SELECT FROM " + OwnRows.of(sql, table) + table.quoted() + " LIMIT " + (most + 1L);
        return Long.parseLong(sql.value("SELECT count(*) FROM (" + first + ") AS beginning")) <= most;
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
