package io.millrace.common.source.postgres.added;

import io.millrace.common.event.RowChange;
import io.millrace.common.source.postgres.PostgresChangesConfig;
import java.util.HashSet;
import java.util.List;
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
    private final List<String> unpublished;
    private final long published;

    /**
     * Makes the source; a job that starts without a savepoint reads nothing by it.
     *
     * @param unpublished tables that the publication did not have when the job was started, if it goes on from a
     *     savepoint: those that are new to one that does not say which it knows
     * @param published position at which the publication had every table: the version of their rows
     */
    public AddedTables(PostgresChangesConfig config, List<String> unpublished, long published) {
        this.config = config;
        this.unpublished = List.copyOf(unpublished);
        this.published = published;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SplitEnumerator<AddedTable, KnownTables> createEnumerator(SplitEnumeratorContext<AddedTable> context) {
        Set<String> known = new HashSet<>(config.tables());
        unpublished.forEach(known::remove);
        return restoreEnumerator(context, new KnownTables(known, List.of()));
    }

    @Override
    public SplitEnumerator<AddedTable, KnownTables> restoreEnumerator(
            SplitEnumeratorContext<AddedTable> context, KnownTables before) {
        return new AddedTablesEnumerator(context, before.with(config.tables(), published));
    }

    @Override
    public SourceReader<RowChange, AddedTable> createReader(SourceReaderContext context) {
        return new AddedTableReader(config, context);
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
