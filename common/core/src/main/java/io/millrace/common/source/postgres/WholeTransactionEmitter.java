package io.millrace.common.source.postgres;

import io.debezium.connector.postgresql.PostgresOffsetContext;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.cdc.connectors.base.source.meta.offset.OffsetFactory;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitState;
import org.apache.flink.cdc.connectors.base.source.meta.split.StreamSplitState;
import org.apache.flink.cdc.connectors.base.source.metrics.SourceReaderMetrics;
import org.apache.flink.cdc.connectors.base.source.reader.IncrementalSourceRecordEmitter;
import org.apache.flink.cdc.connectors.base.utils.SourceRecordUtils;
import org.apache.flink.cdc.debezium.DebeziumDeserializationSchema;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Emits records, and keeps as the position to resume from the end of the last transaction that was emitted whole, with
 * what was emitted of the next one: after a restart that part is passed over, so that every change of the stream is
 * emitted once for each checkpoint that the job goes on from.
 *
 * <p>Flink CDC's own emitter keeps the position of the last change, from which Debezium then searches its way back
 * into the middle of a transaction; that search skips changes when two transactions meet at one position. A position
 * between two transactions needs no search: Postgres sends again whatever committed after it, from its beginning.
 */
final class WholeTransactionEmitter<T> extends IncrementalSourceRecordEmitter<T> {

    private @Nullable StreamPlace resumed;
    private @Nullable StreamPlace place;

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
        StreamSplitState stream = split.asStreamSplitState();
        if (resumed == null || place == null) {
            resumed = StreamPlace.of(stream.getStartingOffset());
            place = resumed;
        }
        boolean change = SourceRecordUtils.isDataChangeRecord(record);
        place = change ? place.afterChange(record) : place.afterOther(record);
        boolean again = resumed.covers(place);
        if (!(change && again)) {
            super.processElement(change ? withCommitBefore(record, place.commit()) : record, output, split);
            stream.setStartingOffset((again ? resumed : place).toOffset(offsetFactory));
        }
    }

    /** The first transaction after a start gets the version that it would have had without the restart. */
    private static SourceRecord withCommitBefore(SourceRecord record, long commit) {
        if (record.sourceOffset().get(PostgresOffsetContext.LAST_COMMIT_LSN_KEY) != null) {
            return record;
        }
        Map<String, Object> offset = new HashMap<>(record.sourceOffset());
        offset.put(PostgresOffsetContext.LAST_COMMIT_LSN_KEY, commit);
        return new SourceRecord(
                record.sourcePartition(),
                offset,
                record.topic(),
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp(),
                record.headers());
    }
}
