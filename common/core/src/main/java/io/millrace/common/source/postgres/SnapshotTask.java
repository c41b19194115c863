package io.millrace.common.source.postgres;

import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableEditor;
import io.debezium.relational.TableId;
import io.debezium.util.Clock;
import io.millrace.common.event.ColumnForms;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import io.millrace.common.source.postgres.pgoutput.SnapshotRows;
import io.millrace.common.source.postgres.pgoutput.TableCatalog;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.apache.flink.cdc.connectors.base.source.meta.split.SnapshotSplit;
import org.apache.flink.cdc.connectors.postgres.source.fetch.PostgresScanFetchTask;
import org.apache.flink.cdc.connectors.postgres.source.fetch.PostgresSourceFetchTaskContext;
import org.apache.flink.cdc.connectors.postgres.source.utils.PostgresQueryUtils;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one chunk of a table, as the text that Postgres prints, like the stream. Flink CDC asks the JDBC driver for
 * objects instead, which cuts times to milliseconds, and fails on bit strings.
 */
final class SnapshotTask extends PostgresScanFetchTask {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotTask.class);

    private static final String BY_NUMBER = "SELECT FROM pg_class WHERE oid = ?::oid";
    private static final int NO_RELATION = 0;

    private final TableNumbers numbers;
    private volatile boolean closed;
    private volatile @Nullable Thread reader;

    /**
     * Makes a task.
     *
     * @param numbers of the tables as they were when the job was started
     */
    SnapshotTask(SnapshotSplit split, TableNumbers numbers) {
        super(split);
        this.numbers = numbers;
    }

    /**
     * Closes the chunk's connection: the next chunk of this reader gets one of its own, and a task that ends while this
     * one still reads closes it too early, upon which it opens itself again.
     */
    @Override
    public void execute(Context context) throws Exception {
        reader = Thread.currentThread();
        try (PostgresConnection unused = ((PostgresSourceFetchTaskContext) context).getConnection()) {
            super.execute(context);
        } catch (InterruptedException e) {
            if (!closed) {
                throw e;
            }
        } finally {
            reader = null;
        }
    }

    /** The reader may wait for room in a queue that nobody empties any more. */
    @Override
    public void close() {
        super.close();
        closed = true;
        Thread waiting = reader;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    @Override
    protected void executeDataSnapshot(Context context) throws Exception {
        PostgresSourceFetchTaskContext source = (PostgresSourceFetchTaskContext) context;
        if (isDropped(new Sql(source.getConnection().connection()))) {
            LOG.warn("{} was dropped before all of its rows were read", snapshotSplit.getTableId());
            return;
        }
        TableCatalog catalog = new TableCatalog(
                source.getConnection(), source.getDatabaseSchema().getTypeRegistry());
        ColumnForms forms = catalog.forms(snapshotSplit.getTableId());
        Table table = sent(source, catalog);
        BoundedQueue queue = new BoundedQueue(source.getQueue());
        SnapshotRows rows = rows(source, table, forms);
        try (PreparedStatement statement = select(source, table);
                ResultSet query = statement.executeQuery()) {
            while (query.next()) {
                queue.add(rows.read(query));
            }
        }
    }

    /** One that has another name only is not: whoever looks at the publication will find it. */
    private boolean isDropped(Sql sql) throws SQLException {
        TableId table = snapshotSplit.getTableId();
        Long number = numbers.byName().get(table.schema() + "." + table.table());
        return number != null && sql.first(BY_NUMBER, number.toString()).isEmpty();
    }

    private static SnapshotRows rows(PostgresSourceFetchTaskContext source, Table table, ColumnForms forms)
            throws IOException {
        PostgresSchema schema = source.getDatabaseSchema();
        ConnectJson json = ConnectJson.of(source.getDbzConnectorConfig());
        return new SnapshotRows(
                table,
                schema.schemaFor(table.id()),
                forms,
                schema.getTypeRegistry(),
                json,
                position(source, table, json));
    }

    /** The version of the rows is decided later; here they stand before all of the log. */
    private static SourcePosition position(PostgresSourceFetchTaskContext source, Table table, ConnectJson json)
            throws IOException {
        PostgresOffsetContext offset = source.getOffsetContext();
        Instant now = Clock.SYSTEM.currentTime();
        offset.event(table.id(), now);
        // Debezium has no part in this snapshot, and would say that there is none
        byte[] block = json.write(offset.getSourceInfo(), Map.of("snapshot", "true"));
        return new SourcePosition(0, 0, now.toEpochMilli(), true, block);
    }

    /** Returns the table with the columns that the stream has too, so that a row keeps its fields when it changes. */
    private Table sent(PostgresSourceFetchTaskContext source, TableCatalog catalog) throws SQLException {
        PostgresConnection connection = source.getConnection();
        PostgresSchema schema = source.getDatabaseSchema();
        Table table = catalog.read(snapshotSplit.getTableId());
        if (table.columns().isEmpty()) {
            throw new SQLException("there is no table " + name(table) + " any more by this name");
        }
        TableEditor sent = table.edit();
        new GeneratedColumns(new Sql(connection.connection()))
                .unsent(name(table), source.getDbzConnectorConfig().publicationName())
                .forEach(column -> sent.removeColumn(column.name()));
        schema.applySchemaChangesForTable(NO_RELATION, sent.create());
        return schema.tableFor(table.id());
    }

    private static TableName name(Table table) {
        return new TableName(table.id().schema(), table.id().table());
    }

    private PreparedStatement select(PostgresSourceFetchTaskContext source, Table table) throws SQLException {
        boolean first = snapshotSplit.getSplitStart() == null;
        boolean last = snapshotSplit.getSplitEnd() == null;
        List<String> uuids = snapshotSplit.getSplitKeyType().getFieldNames().stream()
                .filter(name -> table.columnWithName(name).nativeType() == Oid.UUID)
                .toList();
        String columns =
                table.columns().stream().map(Column::name).map(TableName::quote).collect(Collectors.joining(", "));
        String only = OwnRows.of(new Sql(source.getConnection().connection()), name(table));
        String sql = PostgresQueryUtils.buildSplitScanQuery(
                        table.id(), snapshotSplit.getSplitKeyType(), first, last, uuids)
                .replaceFirst("^SELECT \\* FROM ", Matcher.quoteReplacement("SELECT " + columns + " FROM " + only));
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
}
