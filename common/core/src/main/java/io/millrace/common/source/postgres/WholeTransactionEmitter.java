package io.millrace.common.source.postgres;

import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.SourceInfo;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.cdc.connectors.base.source.meta.offset.Offset;
import org.apache.flink.cdc.connectors.base.source.meta.offset.OffsetFactory;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitState;
import org.apache.flink.cdc.connectors.base.source.metrics.SourceReaderMetrics;
import org.apache.flink.cdc.connectors.base.source.reader.IncrementalSourceRecordEmitter;
import org.apache.flink.cdc.debezium.DebeziumDeserializationSchema;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Emits records, and keeps as the position to resume from the end of the last transaction that was emitted whole.
 *
 * <p>Flink CDC's own emitter keeps the position of the last change, from which Debezium then searches its way back
 * into the middle of a transaction; that search skips changes when two transactions meet at one position. A position
 * between two transactions needs no search: Postgres sends again whatever committed after it, from its beginning.
 * What is sent twice gets a version once more, in the same order.
 */
final class WholeTransactionEmitter<T> extends IncrementalSourceRecordEmitter<T> {

    /** Must be there; only the position counts. */
    private static final String UNKNOWN_TIME = "0";

    WholeTransactionEmitter(
            DebeziumDeserializationSchema<T> deserializer,
            SourceReaderMetrics metrics,
            boolean includeSchemaChanges,
            OffsetFactory offsets) {
        super(deserializer, metrics, includeSchemaChanges, offsets);
    }

    @Override
    protected void processElement(SourceRecord record, SourceOutput<T> output, SourceSplitState split)
            throws Exception {
        if (!split.isStreamSplitState()) {
            super.processElement(record, output, split);
            return;
        }
        Offset before = split.asStreamSplitState().getStartingOffset();
        super.processElement(record, output, split);
        Object commit = record.sourceOffset().get(PostgresOffsetContext.LAST_COMMIT_LSN_KEY);
        split.asStreamSplitState().setStartingOffset(commit == null ? before : endOfTransaction(commit));
    }

    private Offset endOfTransaction(Object commit) {
        return offsetFactory.newOffset(
                Map.of(SourceInfo.LSN_KEY, commit.toString(), SourceInfo.TIMESTAMP_USEC_KEY, UNKNOWN_TIME));
    }
}
