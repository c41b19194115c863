package io.millrace.common.source.postgres;

import io.millrace.common.event.RowChange;
import io.millrace.common.source.postgres.pgoutput.StreamedChange;
import java.util.Objects;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.cdc.connectors.base.source.meta.offset.OffsetFactory;
import org.apache.flink.cdc.connectors.base.source.meta.split.FinishedSnapshotSplitInfo;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceRecords;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitState;
import org.apache.flink.cdc.connectors.base.source.meta.split.StreamSplitState;
import org.apache.flink.cdc.connectors.base.source.metrics.SourceReaderMetrics;
import org.apache.flink.cdc.connectors.base.source.reader.IncrementalSourceRecordEmitter;
import org.apache.flink.cdc.debezium.DebeziumDeserializationSchema;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Emits records, and keeps as the position to resume from the end of the last transaction that was emitted whole, with
 * what was emitted of the next one: after a restart that part is passed over, so that every change of the stream is
 * emitted once for each checkpoint that the job goes on from. Each change of the stream gets its place in the order of
 * commits as its version, the same after a restart.
 *
 * <p>Postgres sends again whatever committed after the position, from its beginning. It also does without a restart:
 * Flink CDC closes the stream of a reader that still has a part of the snapshot to read, and begins it anew.
 */
final class WholeTransactionEmitter extends IncrementalSourceRecordEmitter<RowChange> {

    private final long floor;
    private @Nullable StreamPlace resumed;
    private @Nullable StreamPlace place;

    WholeTransactionEmitter(
            DebeziumDeserializationSchema<RowChange> deserializer,
            SourceReaderMetrics metrics,
            boolean includeSchemaChanges,
            OffsetFactory offsets,
            long floor) {
        super(deserializer, metrics, includeSchemaChanges, offsets);
        this.floor = floor;
    }

    /** No checkpoint comes between the records of one call, so that the position is needed once. */
    @Override
    public void emitRecord(SourceRecords records, SourceOutput<RowChange> output, SourceSplitState split)
            throws Exception {
        if (!split.isStreamSplitState()) {
            super.emitRecord(records, output, split);
            return;
        }
        StreamSplitState stream = split.asStreamSplitState();
        for (SourceRecord record : records.getSourceRecordList()) {
            StreamedChange next = (StreamedChange) record;
            if (next.isBegin()) {
                resumed = begin(stream);
                place = resumed.beginning();
            } else {
                place = emit(next, Objects.requireNonNull(place), Objects.requireNonNull(resumed), output);
            }
        }
        if (resumed != null && place != null) {
            stream.setStartingOffset((resumed.covers(place) ? resumed : place).toOffset(offsetFactory));
        }
    }

    @Override
    protected void processElement(SourceRecord record, SourceOutput<RowChange> output, SourceSplitState split)
            throws Exception {
        if (record instanceof StreamedChange row) {
            collect(Objects.requireNonNull(row.change()), output);
        } else {
            super.processElement(record, output, split);
        }
    }

    /** Returns the place behind the record. */
    private StreamPlace emit(
            StreamedChange record, StreamPlace before, StreamPlace from, SourceOutput<RowChange> output) {
        RowChange change = record.change();
        StreamPlace behind = change == null ? before.afterCommit(record) : before.afterChange(record);
        if (from.covers(behind)) {
            return behind.withOrder(from.order());
        }
        if (change != null) {
            collect(change.withVersion(behind.order()), output);
        }
        return behind;
    }

    private void collect(RowChange change, SourceOutput<RowChange> output) {
        sourceReaderMetrics.markRecord();
        output.collect(change, change.source().commitTime());
    }

    /**
     * The parts of a snapshot that was interrupted may tell different orders to begin above, according to what the job
     * was started with: the highest holds, because rows of all parts have the version of the first start.
     */
    private StreamPlace begin(StreamSplitState stream) {
        StreamPlace begin = StreamPlace.of(stream.getStartingOffset(), floor);
        long order = begin.order();
        for (FinishedSnapshotSplitInfo part :
                stream.toSourceSplit().asStreamSplit().getFinishedSnapshotSplitInfos()) {
            order = Math.max(
                    order, StreamPlace.of(part.getHighWatermark(), floor).order());
        }
        return begin.withOrder(order);
    }
}
