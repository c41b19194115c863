package io.millrace.cdc.functions;

import io.millrace.common.event.RowChange;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Lets event time say one thing: at {@link #SWEEP}, all rows of the snapshot have passed. Flink CDC starts the stream
 * when every row of the snapshot is in a completed checkpoint, so the first change of the stream tells it; a subtask
 * that only had a part of the snapshot holds nobody up.
 */
public final class SnapshotEnd implements WatermarkGenerator<RowChange> {

    public static final String UID = "cdc.snapshot-end";

    static final long SWEEP = 1;

    private boolean streaming;

    /** Makes the strategy: timestamps are left as they are. */
    public static WatermarkStrategy<RowChange> strategy() {
        return WatermarkStrategy.<RowChange>forGenerator(context -> new SnapshotEnd())
                .withTimestampAssigner((change, timestamp) -> timestamp);
    }

    @Override
    public void onEvent(RowChange change, long timestamp, WatermarkOutput output) {
        if (!streaming && !change.source().snapshot()) {
            streaming = true;
            output.markActive();
            output.emitWatermark(new Watermark(SWEEP));
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        if (!streaming) {
            output.markIdle();
        }
    }
}
