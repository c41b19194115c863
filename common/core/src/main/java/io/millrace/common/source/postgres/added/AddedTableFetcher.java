package io.millrace.common.source.postgres.added;

import io.millrace.common.source.postgres.PostgresChangesConfig;
import io.millrace.common.source.postgres.TableNumbers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches the rows of tables, one table after the other. */
final class AddedTableFetcher implements SplitReader<ReadRow, AddedTable> {

    private static final Logger LOG = LoggerFactory.getLogger(AddedTableFetcher.class);

    private static final RecordsWithSplitIds<ReadRow> NOTHING = new RecordsBySplits<>(Map.of(), Set.of());

    private final PostgresChangesConfig config;
    private final TableNumbers numbers;
    private final Queue<AddedTable> waiting = new ArrayDeque<>();
    private @Nullable TableReading reading;

    /**
     * Makes a fetcher of tables that it is then told of.
     *
     * @param numbers of the tables when the job was started
     */
    AddedTableFetcher(PostgresChangesConfig config, TableNumbers numbers) {
        this.config = config;
        this.numbers = numbers;
    }

    @Override
    public RecordsWithSplitIds<ReadRow> fetch() throws IOException {
        AddedTable table = waiting.peek();
        if (table == null) {
            return NOTHING;
        }
        try {
            return fetch(table);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the added table " + table.name() + " was read");
        } catch (SQLException | IOException | RuntimeException e) {
            return endIfDropped(table, e);
        }
    }

    private RecordsWithSplitIds<ReadRow> fetch(AddedTable table)
            throws IOException, SQLException, InterruptedException {
        if (reading == null) {
            reading = TableReading.begin(table, config);
            return NOTHING;
        }
        return goOn(reading);
    }

    /** What was read of it stays; nothing is told that would sweep what a target holds besides. */
    private RecordsWithSplitIds<ReadRow> endIfDropped(AddedTable table, Exception failure) throws IOException {
        try {
            if (DroppedTable.isDropped(config.address(), table.name(), numbers)) {
                LOG.warn("{} was dropped before it was read: its rows stay in every target as they are", table.name());
                end();
                return new RecordsBySplits<>(Map.of(), Set.of(table.name()));
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
        throw new IOException(
                "the added table " + table.name() + " cannot be read from "
                        + config.address().url() + ": " + failure.getMessage(),
                failure);
    }

    private RecordsWithSplitIds<ReadRow> goOn(TableReading table)
            throws IOException, SQLException, InterruptedException {
        Optional<List<ReadRow>> rows = table.next();
        if (rows.isPresent()) {
            return new RecordsBySplits<>(Map.of(table.name(), rows.get()), Set.of());
        }
        List<ReadRow> last = List.of(table.end());
        end();
        return new RecordsBySplits<>(Map.of(table.name(), last), Set.of(table.name()));
    }

    private void end() throws IOException, SQLException {
        waiting.remove();
        close();
    }

    @Override
    public void handleSplitsChanges(SplitsChange<AddedTable> change) {
        if (!(change instanceof SplitsAddition)) {
            throw new IllegalArgumentException("tables are only added, and this is a " + change.getClass());
        }
        waiting.addAll(change.splits());
    }

    @Override
    public void wakeUp() {}

    @Override
    public void close() throws IOException, SQLException {
        TableReading open = reading;
        reading = null;
        if (open != null) {
            open.close();
        }
    }
}
