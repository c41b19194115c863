package io.millrace.common.source.postgres.added;

import io.millrace.common.source.postgres.PostgresChangesConfig;
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

/** Fetches the rows of tables, one table after the other. */
final class AddedTableFetcher implements SplitReader<ReadRow, AddedTable> {

    private static final RecordsWithSplitIds<ReadRow> NOTHING = new RecordsBySplits<>(Map.of(), Set.of());

    private final PostgresChangesConfig config;
    private final Queue<AddedTable> waiting = new ArrayDeque<>();
    private @Nullable TableReading reading;

    AddedTableFetcher(PostgresChangesConfig config) {
        this.config = config;
    }

    @Override
    public RecordsWithSplitIds<ReadRow> fetch() throws IOException {
        try {
            return reading == null ? beginNext() : goOn(reading);
        } catch (SQLException e) {
            throw new IOException(
                    "an added table cannot be read from " + config.address().url() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while an added table was read");
        }
    }

    private RecordsWithSplitIds<ReadRow> beginNext() throws SQLException {
        AddedTable next = waiting.poll();
        if (next != null) {
            reading = TableReading.begin(next, config);
        }
        return NOTHING;
    }

    private RecordsWithSplitIds<ReadRow> goOn(TableReading table)
            throws IOException, SQLException, InterruptedException {
        Optional<List<ReadRow>> rows = table.next();
        if (rows.isPresent()) {
            return new RecordsBySplits<>(Map.of(table.name(), rows.get()), Set.of());
        }
        List<ReadRow> last = List.of(table.end());
        close();
        return new RecordsBySplits<>(Map.of(table.name(), last), Set.of(table.name()));
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
