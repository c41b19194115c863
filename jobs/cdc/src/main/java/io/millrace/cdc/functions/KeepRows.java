package io.millrace.cdc.functions;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.failure.Refusal;
import io.millrace.common.metrics.MetricNames;
import io.millrace.common.source.postgres.CaptureStart;
import io.millrace.common.source.postgres.HeartbeatTable;
import io.millrace.common.source.postgres.PostgresChangesConfig;
import io.millrace.common.source.postgres.RetainedWal;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Lets rows through, and a TRUNCATE to every subtask that follows. Heartbeats have done their work by now; what names
 * no row otherwise becomes a dead letter. Also shows how much write-ahead log the slot keeps that the heartbeats are
 * to move on.
 */
public final class KeepRows extends ProcessFunction<RowChange, RowChange> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    public static final String UID = "cdc.keep-rows";

    public static final OutputTag<DeadLetter> DEAD_LETTERS = CaptureLetters.tag("captured-dead-letters");

    private static final String BEGIN_ANEW =
            "Drop the slot, and start the job without a savepoint and with `generation`"
                    + " raised by one: it then takes a snapshot and deletes what vanished";

    private final String pipeline;
    private final PostgresChangesConfig config;
    private final CaptureStart begin;
    private transient Counter heartbeats;
    private transient CaptureLetters letters;
    private transient @Nullable RetainedWal retained;

    @SuppressWarnings("NullAway.Init") // Flink calls open before the first change
    public KeepRows(String pipeline, PostgresChangesConfig config, CaptureStart begin) {
        this.pipeline = pipeline;
        this.config = config;
        this.begin = begin;
    }

    /** The savepoint of a version that could add no tables names those that it had; the others must be told of as new. */
    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        SameEverywhere<Boolean> tables = SameEverywhere.open("tables-of-capture", Types.BOOLEAN, context);
        Set<String> known = tables.names();
        List<String> untold = config.tables().stream()
                .filter(table -> !known.contains(table))
                .filter(table -> !begin.unpublished().contains(table))
                .toList();
        if (!known.isEmpty() && !untold.isEmpty()) {
            throw new UntoldTableException(untold);
        }
        tables.clear();
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {}

    @Override
    public void open(OpenContext context) {
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        letters = new CaptureLetters(metrics);
        heartbeats = metrics.addGroup(MetricNames.ROOT)
                .addGroup(MetricNames.REASON, "heartbeat")
                .counter(MetricNames.SKIPPED.name());
        if (isFirstSubtask()) {
            retained = new RetainedWal(config.address(), config.slot(), config.walLimits());
            retained.register(metrics);
        }
    }

    private boolean isFirstSubtask() {
        return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    }

    @Override
    public void processElement(RowChange change, Context context, Collector<RowChange> out) {
        if (change.operation() == Operation.TRUNCATE) {
            TruncateCopies.of(change, getRuntimeContext().getTaskInfo()).forEach(out::collect);
        } else if (change.key().length == 0) {
            refuse(
                    context,
                    change,
                    "NoKeyException",
                    "a row of " + change.table() + " changed under a primary key that"
                            + " the table no longer has: its column was renamed or dropped meanwhile. The targets keep the"
                            + " row's last version until it changes again. " + BEGIN_ANEW);
        } else if (change.table().equals(HeartbeatTable.NAME)) {
            heartbeats.inc();
        } else {
            out.collect(change);
        }
    }

    private void refuse(Context context, RowChange change, String error, String message) {
        Refusal refusal = new Refusal(change, error, message);
        context.output(DEAD_LETTERS, refusal.toDeadLetter(pipeline, CaptureLetters.STAGE));
        letters.count(change);
    }

    @Override
    public void close() {
        if (retained != null) {
            retained.close();
        }
    }
}
