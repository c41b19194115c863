package io.millrace.cdc.functions;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.metrics.MetricNames;
import io.millrace.common.source.postgres.HeartbeatTable;
import io.millrace.common.source.postgres.PostgresChangesConfig;
import io.millrace.common.source.postgres.RetainedWal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Lets rows through. Heartbeats have done their work by now; a TRUNCATE names no row, and becomes a dead letter. Also
 * shows how much write-ahead log the slot keeps that the heartbeats are to move on.
 */
public final class KeepRows extends ProcessFunction<RowChange, RowChange> {

    private static final long serialVersionUID = 1L;

    public static final String UID = "cdc.keep-rows";

    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("captured-dead-letters", TypeInformation.of(DeadLetter.class));

    private static final int NO_PARTITION = -1;

    private static final String STAGE = "capture";

    private final String pipeline;
    private final PostgresChangesConfig config;
    private transient MetricGroup metrics;
    private transient Counter heartbeats;
    private transient Map<String, Counter> deadLettered;
    private transient @Nullable RetainedWal retained;

    @SuppressWarnings("NullAway.Init") // Flink calls open before the first change
    public KeepRows(String pipeline, PostgresChangesConfig config) {
        this.pipeline = pipeline;
        this.config = config;
    }

    @Override
    public void open(OpenContext context) {
        metrics = getRuntimeContext().getMetricGroup().addGroup(MetricNames.ROOT);
        heartbeats = metrics.addGroup(MetricNames.REASON, "heartbeat").counter(MetricNames.SKIPPED.name());
        deadLettered = new HashMap<>();
        if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
            retained = new RetainedWal(config.address(), config.slot());
            retained.register(getRuntimeContext().getMetricGroup());
        }
    }

    @Override
    public void processElement(RowChange change, Context context, Collector<RowChange> out) {
        if (change.operation() == Operation.TRUNCATE) {
            context.output(DEAD_LETTERS, truncated(change));
            deadLettered.computeIfAbsent(change.table(), this::deadLettered).inc();
        } else if (change.table().equals(HeartbeatTable.NAME)) {
            heartbeats.inc();
        } else {
            out.collect(change);
        }
    }

    private Counter deadLettered(String table) {
        return metrics.addGroup(MetricNames.TABLE, table)
                .addGroup(MetricNames.TARGET, STAGE)
                .counter(MetricNames.DEAD_LETTERED.name());
    }

    private DeadLetter truncated(RowChange change) {
        ConsumedRecord record = new ConsumedRecord(
                config.serverName() + "." + change.table(),
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
                STAGE,
                "TruncateException",
                change.table() + " was truncated, which says of no row that it is gone: the targets still hold them."
                        + " Start the job without a savepoint; it then takes a snapshot and deletes what vanished",
                1);
    }

    @Override
    public void close() {
        if (retained != null) {
            retained.close();
        }
    }
}
