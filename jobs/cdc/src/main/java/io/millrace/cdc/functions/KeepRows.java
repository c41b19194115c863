package io.millrace.cdc.functions;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.source.postgres.HeartbeatTable;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Lets rows through. Heartbeats have done their work by now; a TRUNCATE names no row, and becomes a dead letter. */
public final class KeepRows extends ProcessFunction<RowChange, RowChange> {

    private static final long serialVersionUID = 1L;

    public static final String UID = "cdc.keep-rows";

    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("captured-dead-letters", TypeInformation.of(DeadLetter.class));

    private static final int NO_PARTITION = -1;

    private final String pipeline;
    private final String prefix;

    /**
     * Makes the function.
     *
     * @param prefix the first part of the topics' names
     */
    public KeepRows(String pipeline, String prefix) {
        this.pipeline = pipeline;
        this.prefix = prefix;
    }

    @Override
    public void processElement(RowChange change, Context context, Collector<RowChange> out) {
        if (change.operation() == Operation.TRUNCATE) {
            context.output(DEAD_LETTERS, truncated(change));
        } else if (!change.table().equals(HeartbeatTable.NAME)) {
            out.collect(change);
        }
    }

    private DeadLetter truncated(RowChange change) {
        ConsumedRecord record = new ConsumedRecord(
                prefix + "." + change.table(),
                NO_PARTITION,
                change.source().lsn(),
                change.source().commitTime(),
                null,
                change.source().block(),
                List.of());
        return new DeadLetter(
                record,
                change.version(),
                pipeline,
                "capture",
                "TruncateException",
                change.table() + " was truncated, which says of no row that it is gone: the targets still hold them."
                        + " Start the job without a savepoint; it then takes a snapshot and deletes what vanished",
                1);
    }
}
