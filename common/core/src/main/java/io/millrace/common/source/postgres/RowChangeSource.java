package io.millrace.common.source.postgres;

import io.millrace.common.event.RowChange;
import org.apache.flink.cdc.connectors.base.config.SourceConfig;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceRecords;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitState;
import org.apache.flink.cdc.connectors.base.source.metrics.SourceReaderMetrics;
import org.apache.flink.cdc.connectors.postgres.source.PostgresSourceBuilder.PostgresIncrementalSource;
import org.apache.flink.cdc.connectors.postgres.source.config.PostgresSourceConfigFactory;
import org.apache.flink.cdc.connectors.postgres.source.offset.PostgresOffsetFactory;
import org.apache.flink.connector.base.source.reader.RecordEmitter;

/** Flink CDC's incremental source with {@link SlotDialect} and {@link WholeTransactionEmitter}. */
final class RowChangeSource extends PostgresIncrementalSource<RowChange> {

    private static final long serialVersionUID = 1L;

    private final long start;

    RowChangeSource(PostgresSourceConfigFactory factory, RowChangeType type, SlotDialect dialect, long start) {
        super(factory, type, new PostgresOffsetFactory(), dialect);
        this.start = start;
    }

    @Override
    protected RecordEmitter<SourceRecords, RowChange, SourceSplitState> createRecordEmitter(
            SourceConfig config, SourceReaderMetrics metrics) {
        return new WholeTransactionEmitter(
                deserializationSchema, metrics, config.isIncludeSchemaChanges(), offsetFactory, start);
    }
}
