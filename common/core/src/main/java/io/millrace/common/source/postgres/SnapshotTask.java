package io.millrace.common.source.postgres;

import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.Utils;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.pgoutput.PgOutputReplicationMessage;
import io.debezium.pipeline.EventDispatcher.SnapshotReceiver;
import io.debezium.relational.Column;
import io.debezium.relational.SnapshotChangeRecordEmitter;
import io.debezium.relational.Table;
import io.debezium.relational.TableEditor;
import io.debezium.util.Clock;
import io.debezium.util.ColumnUtils;
import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import io.millrace.common.source.postgres.GeneratedColumns.Unsent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.apache.flink.cdc.connectors.base.source.meta.split.SnapshotSplit;
import org.apache.flink.cdc.connectors.postgres.source.fetch.PostgresScanFetchTask;
import org.apache.flink.cdc.connectors.postgres.source.fetch.PostgresSourceFetchTaskContext;
import org.apache.flink.cdc.connectors.postgres.source.utils.PostgresQueryUtils;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/**
 * Reads one chunk of a table. Values are read as the text that Postgres prints and go through the decoder of the
 * stream, so that a row looks the same whether a snapshot or the stream brought it. Flink CDC asks the JDBC driver
 * for objects instead, which cuts times to milliseconds, and fails on bit strings.
 */
final class SnapshotTask extends PostgresScanFetchTask {

    private static final int NO_RELATION = 0;

    SnapshotTask(SnapshotSplit split) {
        super(split);
    }

    /**
     * Closes the chunk's connection: the next chunk of this reader gets one of its own, and a task that ends while this
     * one still reads closes it too early, upon which it opens itself again.
     */
    @Override
    public void execute(Context context) throws Exception {
        try (PostgresConnection unused = ((PostgresSourceFetchTaskContext) context).getConnection()) {
            super.execute(context);
        }
    }

    @Override
    protected void executeDataSnapshot(Context context) throws Exception {
        PostgresSourceFetchTaskContext source = (PostgresSourceFetchTaskContext) context;
        Utils.refreshSchema(source.getDatabaseSchema(), source.getConnection(), true);
        Table table = sent(source);
        SnapshotReceiver<PostgresPartition> receiver =
                source.getEventDispatcher().getSnapshotChangeEventReceiver();
        try (PreparedStatement statement = select(source, table);
                ResultSet rows = statement.executeQuery()) {
            ColumnUtils.ColumnArray columns = ColumnUtils.toArray(rows, table);
            while (rows.next()) {
                dispatch(row(rows, columns, source.getConnection()), table, source, receiver);
            }
        }
        receiver.completeSnapshot();
    }

    /** Returns the table with the columns that the stream has too, so that a row keeps its fields when it changes. */
    private Table sent(PostgresSourceFetchTaskContext source) throws SQLException {
        Table table = Objects.requireNonNull(source.getDatabaseSchema().tableFor(snapshotSplit.getTableId()));
        List<Unsent> unsent = new GeneratedColumns(
                        new Sql(source.getConnection().connection()))
                .unsent(
                        new TableName(table.id().schema(), table.id().table()),
                        source.getDbzConnectorConfig().publicationName());
        if (unsent.isEmpty()) {
            return table;
        }
        TableEditor editor = table.edit();
        unsent.forEach(column -> editor.removeColumn(column.name()));
        Table rest = editor.create();
        source.getDatabaseSchema().applySchemaChangesForTable(NO_RELATION, rest);
        return rest;
    }

    private PreparedStatement select(PostgresSourceFetchTaskContext source, Table table) {
        boolean first = snapshotSplit.getSplitStart() == null;
        boolean last = snapshotSplit.getSplitEnd() == null;
        List<String> uuids = snapshotSplit.getSplitKeyType().getFieldNames().stream()
                .filter(name -> table.columnWithName(name).typeName().equals("uuid"))
                .toList();
        String columns =
                table.columns().stream().map(Column::name).map(TableName::quote).collect(Collectors.joining(", "));
        String sql = PostgresQueryUtils.buildSplitScanQuery(
                        table.id(), snapshotSplit.getSplitKeyType(), first, last, uuids)
                .replaceFirst("^SELECT \\*", Matcher.quoteReplacement("SELECT " + columns));
        return PostgresQueryUtils.readTableSplitDataStatement(
                source.getConnection(),
                sql,
                first,
                last,
                snapshotSplit.getSplitStart(),
                snapshotSplit.getSplitEnd(),
                snapshotSplit.getSplitKeyType().getFieldCount(),
                source.getDbzConnectorConfig().getSnapshotFetchSize());
    }

    private static @Nullable Object[] row(
            ResultSet rows, ColumnUtils.ColumnArray columns, PostgresConnection connection) throws SQLException {
        @Nullable Object[] row = new Object[columns.getGreatestColumnPosition()];
        for (int i = 0; i < columns.getColumns().length; i++) {
            Column column = columns.getColumns()[i];
            String text = rows.getString(i + 1);
            row[column.position() - 1] = text == null ? null : decode(text, column, connection);
        }
        return row;
    }

    private static @Nullable Object decode(String text, Column column, PostgresConnection connection) {
        TypeRegistry types = connection.getTypeRegistry();
        return PgOutputReplicationMessage.getValue(
                column.name(),
                types.get(column.typeName()),
                column.typeExpression(),
                text,
                () -> (BaseConnection) connection.connection(),
                false,
                types);
    }

    private static void dispatch(
            @Nullable Object[] row,
            Table table,
            PostgresSourceFetchTaskContext source,
            SnapshotReceiver<PostgresPartition> receiver)
            throws InterruptedException {
        PostgresOffsetContext offset = source.getOffsetContext();
        offset.event(table.id(), Clock.SYSTEM.currentTime());
        source.getEventDispatcher()
                .dispatchSnapshotEvent(
                        source.getPartition(),
                        table.id(),
                        new SnapshotChangeRecordEmitter<>(source.getPartition(), offset, row, Clock.SYSTEM),
                        receiver);
    }
}
