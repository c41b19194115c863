package io.millrace.common.source.postgres.added;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/** Gives each table to one reader. */
final class AddedTablesEnumerator implements SplitEnumerator<AddedTable, KnownTables> {

    private final SplitEnumeratorContext<AddedTable> context;
    private final Set<String> known;
    private final List<AddedTable> unread;

    AddedTablesEnumerator(SplitEnumeratorContext<AddedTable> context, KnownTables tables) {
        this.context = context;
        this.known = tables.known();
        this.unread = new ArrayList<>(tables.unread());
    }

    @Override
    public void start() {}

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
        return new KnownTables(known, unread);
    }

    @Override
    public void close() {}
}
