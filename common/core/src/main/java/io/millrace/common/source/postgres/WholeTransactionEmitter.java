package io.millrace.common.source.postgres;

import io.millrace.common.event.RowChange;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.cdc.connectors.base.source.meta.offset.OffsetFactory;
import org.apache.flink.cdc.connectors.base.source.meta.split.FinishedSnapshotSplitInfo;
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
 * emitted once for each checkpoint that the job goes on from. Each change of the stream gets its place in the order of
 * commits as its version, the same after a restart.
 *
 * <p>Flink CDC's own emitter keeps the position of the last change, from which Debezium then searches its way back
 * into the middle of a transaction; that search skips changes when two transactions meet at one position. A position
 * between two transactions needs no search: Postgres sends again whatever committed after it, from its beginning.
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

    @Override
    protected void processElement(SourceRecord record, SourceOutput<RowChange> output, SourceSplitState split)
            throws Exception {
        if (!split.isStreamSplitState()) {
            super.processElement(record, output, split);
            return;
        }
        StreamSplitState stream = split.asStreamSplitState();
        if (resumed == null || place == null) {
            resumed = begin(stream);
            place = resumed.beginning();
        }
        boolean change = SourceRecordUtils.isDataChangeRecord(record);
        place = change ? place.afterChange(record) : place.afterOther(record);
        boolean again = resumed.covers(place);
        if (again) {
            place = place.withOrder(resumed.order());
        }
        if (!(change && again)) {
            super.processElement(record, new Ordered(output, place.order()), split);
            stream.setStartingOffset((again ? resumed : place).toOffset(offsetFactory));
        }
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

    private record Ordered(SourceOutput<RowChange> output, long order) implements SourceOutput<RowChange> {

        @Override
        public void collect(RowChange change) {
            output.collect(change.withVersion(order));
        }

        @Override
        public void collect(RowChange change, long timestamp) {
            output.collect(change.withVersion(order), timestamp);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            output.emitWatermark(watermark);
        }

        @Override
        public void markIdle() {
            output.markIdle();
        }

        @Override
        public void markActive() {
            output.markActive();
        }
    }
}
