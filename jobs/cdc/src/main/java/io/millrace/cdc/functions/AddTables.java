package io.millrace.cdc.functions;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.replay.Version;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Gives the rows of a table that a capture has taken on their version, and tells every subtask that follows where they
 * end: by a TRUNCATE with their version, behind which older rows are gone and they stay.
 */
public final class AddTables extends ProcessFunction<RowChange, RowChange> {

    private static final long serialVersionUID = 1L;

    public static final String UID = "cdc.add-tables";

    private final int generation;

    /**
     * Makes the function.
     *
     * @param generation as in {@link AssignVersion}
     */
    public AddTables(int generation) {
        this.generation = generation;
    }

    /** Makes event time what it is without these rows: they tell nothing of the snapshot's end. */
    public static WatermarkStrategy<RowChange> holdingNobodyUp() {
        return WatermarkStrategy.forGenerator(context -> new AlwaysIdle());
    }

    @Override
    public void processElement(RowChange change, Context context, Collector<RowChange> out) {
        RowChange versioned = change.withVersion(Version.of(generation, change.version()));
        if (change.operation() == Operation.TRUNCATE) {
            TruncateCopies.of(versioned, getRuntimeContext().getTaskInfo()).forEach(out::collect);
        } else {
            out.collect(versioned);
        }
    }

    private static final class AlwaysIdle implements WatermarkGenerator<RowChange> {

        @Override
        public void onEvent(RowChange change, long timestamp, WatermarkOutput output) {}

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            output.markIdle();
        }
    }
}
