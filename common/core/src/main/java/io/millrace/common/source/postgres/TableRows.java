package io.millrace.common.source.postgres;

import io.debezium.relational.TableId;
import io.millrace.common.event.RowChange;
import io.millrace.common.postgres.TableName;
import io.millrace.common.source.postgres.pgoutput.StreamedChange;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import org.apache.flink.cdc.connectors.base.config.JdbcSourceConfig;
import org.apache.flink.cdc.connectors.base.source.assigner.splitter.ChunkSplitter;
import org.apache.flink.cdc.connectors.base.source.meta.split.SnapshotSplit;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceRecords;
import org.apache.flink.cdc.connectors.base.source.reader.external.IncrementalSourceScanFetcher;
import org.apache.flink.cdc.connectors.postgres.source.config.PostgresSourceConfig;
import org.apache.flink.cdc.connectors.postgres.source.config.PostgresSourceConfigFactory;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Every row of one table as it is now, chunk by chunk, as a snapshot reads it. A row that changes meanwhile may come as
 * it was or as it is; one that changes its key, twice or not at all. Used by one thread.
 */
public final class TableRows implements AutoCloseable {

    private static final int NO_SUBTASK = 0;

    private final SlotDialect dialect;
    private final JdbcSourceConfig source;
    private final TableId table;
    private final ChunkSplitter splitter;
    private final IncrementalSourceScanFetcher fetcher;
    private final Queue<SnapshotSplit> chunks = new ArrayDeque<>();
    private boolean begun;

    /**
     * Opens a table.
     *
     * @param table schema and name
     */
    public TableRows(PostgresChangesConfig config, String table) {
        String placeholder = "unavailable-" + UUID.randomUUID();
        PostgresSourceConfigFactory factory = PostgresChanges.factory(config.only(table), placeholder);
        PostgresSourceConfig created = factory.create(NO_SUBTASK);
        this.source = created;
        this.dialect = PostgresChanges.dialect(factory, config, placeholder, CaptureStart.at(0));
        this.table = id(TableName.of(table));
        this.splitter = dialect.createChunkSplitter(source);
        this.fetcher = new IncrementalSourceScanFetcher(dialect.createFetchTaskContext(source), NO_SUBTASK);
        splitter.open();
    }

    private TableId id(TableName name) {
        return dialect.discoverDataCollections(source).stream()
                .filter(found ->
                        found.schema().equals(name.schema()) && found.table().equals(name.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the table " + name + " is not there any more"));
    }

    /**
     * Returns the next rows, of which there may be none yet; nothing at the end.
     *
     * @throws IOException if the database cannot be read
     */
    public Optional<List<RowChange>> next() throws IOException, InterruptedException {
        if (fetcher.isFinished() && !openChunk()) {
            return Optional.empty();
        }
        Iterator<SourceRecords> polled = fetcher.pollSplitRecords();
        List<RowChange> rows = new ArrayList<>();
        while (polled != null && polled.hasNext()) {
            for (SourceRecord record : polled.next().getSourceRecordList()) {
                if (record instanceof StreamedChange row) {
                    rows.add(Objects.requireNonNull(row.change()));
                }
            }
        }
        return Optional.of(rows);
    }

    private boolean openChunk() throws IOException {
        if (chunks.isEmpty() && (!begun || splitter.hasNextChunk())) {
            begun = true;
            chunks.addAll(split());
        }
        SnapshotSplit next = chunks.poll();
        if (next == null) {
            return false;
        }
        fetcher.submitTask(dialect.createFetchTask(next));
        return true;
    }

    private List<SnapshotSplit> split() throws IOException {
        try {
            return List.copyOf(splitter.generateSplits(table));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the table " + table + " cannot be split into chunks: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        fetcher.close();
        try {
            splitter.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
