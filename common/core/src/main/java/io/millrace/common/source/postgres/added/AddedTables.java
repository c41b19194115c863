package io.millrace.common.source.postgres.added;

import io.millrace.common.event.RowChange;
import io.millrace.common.source.postgres.CaptureStart;
import io.millrace.common.source.postgres.PostgresChangesConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The rows of tables that a capture did not have when its savepoint was taken, while the stream of all tables runs. A
 * table's rows bear the position from which on the stream has its changes as their version, and a {@code TRUNCATE} with
 * the same version follows them: whatever is older is gone. At least once: after a restart a table that was not through is read
 * from its beginning. It never ends, so that the tables of the next savepoint find it.
 */
public final class AddedTables implements Source<RowChange, AddedTable, KnownTables> {

    private static final long serialVersionUID = 1L;

    private final PostgresChangesConfig config;
    private final CaptureStart start;

    /**
     * Makes the source; a job that starts without a savepoint reads nothing by it.
     *
     * @param start where the publication had every table, which is the version of the rows; and which tables it did not
     *     have before: those that are new to a savepoint that does not say which it knows
     */
    public AddedTables(PostgresChangesConfig config, CaptureStart start) {
        this.config = config;
        this.start = start;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SplitEnumerator<AddedTable, KnownTables> createEnumerator(SplitEnumeratorContext<AddedTable> context) {
        Set<String> known = new HashSet<>(config.tables());
        start.unpublished().forEach(known::remove);
        return restoreEnumerator(context, new KnownTables(known, List.of(), Map.of()));
    }

    @Override
    public SplitEnumerator<AddedTable, KnownTables> restoreEnumerator(
            SplitEnumeratorContext<AddedTable> context, KnownTables before) {
        return new AddedTablesEnumerator(
                context,
                before.with(config.tables(), start),
                before.lost(config.tables(), start.numbers()).orElse(null));
    }

    @Override
    public SourceReader<RowChange, AddedTable> createReader(SourceReaderContext context) {
        return new AddedTableReader(config, start.numbers(), context);
    }

    @Override
    public SimpleVersionedSerializer<AddedTable> getSplitSerializer() {
        return AddedTableSerializer.INSTANCE;
    }

    @Override
    public SimpleVersionedSerializer<KnownTables> getEnumeratorCheckpointSerializer() {
        return KnownTablesSerializer.INSTANCE;
    }
}
