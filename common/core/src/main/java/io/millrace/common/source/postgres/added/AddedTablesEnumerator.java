package io.millrace.common.source.postgres.added;

import io.millrace.common.source.postgres.TableLostException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/** Gives each table to one reader. */
final class AddedTablesEnumerator implements SplitEnumerator<AddedTable, KnownTables> {

    private final SplitEnumeratorContext<AddedTable> context;
    private final Set<String> known;
    private final List<AddedTable> unread;
    private final Map<String, Long> numbers;
    private final @Nullable String lost;

    /**
     * Makes one.
     *
     * @param lost what became of a table that the savepoint knows; null if nothing
     */
    AddedTablesEnumerator(SplitEnumeratorContext<AddedTable> context, KnownTables tables, @Nullable String lost) {
        this.context = context;
        this.known = tables.known();
        this.unread = new ArrayList<>(tables.unread());
        this.numbers = tables.numbers();
        this.lost = lost;
    }

    /**
     * Begins nothing by itself.
     *
     * @throws TableLostException if a table is another than the one that the job's savepoint is about
     */
    @Override
    public void start() {
        if (lost != null) {
            throw new TableLostException(lost);
        }
    }

    @Override
    public void addReader(int subtask) {
        for (Iterator<AddedTable> tables = unread.iterator(); tables.hasNext(); ) {
            AddedTable table = tables.next();
            if (Math.floorMod(table.name().hashCode(), context.currentParallelism()) == subtask) {
                context.assignSplit(table, subtask);
                tables.remove();
            }
        }
    }

    @Override
    public void addSplitsBack(List<AddedTable> tables, int subtask) {
        unread.addAll(tables);
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {}

    @Override
    public KnownTables snapshotState(long checkpoint) {
        return new KnownTables(known, unread, numbers);
    }

    @Override
    public void close() {}
}
