package io.millrace.common.source.postgres.added;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.source.postgres.PostgresChangesConfig;
import io.millrace.common.source.postgres.TableNumbers;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;

/** Reads tables one after the other, in a thread of its own. */
final class AddedTableReader
        extends SingleThreadMultiplexSourceReaderBase<ReadRow, RowChange, AddedTable, AddedTableReader.Progress> {

    private final List<String> captured;

    AddedTableReader(PostgresChangesConfig config, TableNumbers numbers, SourceReaderContext context) {
        super(
                () -> new AddedTableFetcher(config, numbers),
                AddedTableReader::emit,
                context.getConfiguration(),
                context);
        this.captured = config.tables();
    }

    private static void emit(ReadRow read, SourceOutput<RowChange> output, Progress progress) {
        progress.begin = read.begin();
        progress.ended = read.row().operation() == Operation.TRUNCATE;
        output.collect(read.row());
    }

    /** A table that was left out of the routes meanwhile is not read to its end, and one that is through not again. */
    @Override
    public void addSplits(List<AddedTable> tables) {
        super.addSplits(tables.stream()
                .filter(table -> captured.contains(table.name()) && !table.ended())
                .toList());
    }

    @Override
    protected void onSplitFinished(Map<String, Progress> finished) {}

    @Override
    protected Progress initializedState(AddedTable table) {
        return new Progress(table.begin());
    }

    @Override
    protected AddedTable toSplitType(String name, Progress progress) {
        return new AddedTable(name, progress.begin, progress.ended);
    }

    /** Where the reading began of the rows that were emitted last, and whether they were the last ones. */
    static final class Progress {

        private TableBegin begin;
        private boolean ended;

        Progress(TableBegin begin) {
            this.begin = begin;
        }
    }
}
