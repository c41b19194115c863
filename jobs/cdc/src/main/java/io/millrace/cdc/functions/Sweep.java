package io.millrace.cdc.functions;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.metrics.MetricNames;
import io.millrace.common.replay.Version;
import io.millrace.common.source.postgres.SourceBlock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the rows that vanished while nobody listened: after a snapshot, every key which the topics hold, and which
 * neither the snapshot nor the stream mentioned, is deleted with the version of the snapshot. A row that a restarted
 * snapshot reads once more is passed over: what changed in between is still to come by the stream. Rows of a table that
 * was added have a version of their own.
 *
 * <p>The first input has the captured changes, the second what the topics held when the job started. Event time
 * reaches {@link SnapshotEnd#SWEEP} when the snapshot is through, and the topics have been read to that end. State: one
 * number for each key until then, and one schema for each table.
 */
public final class Sweep extends KeyedCoProcessFunction<String, RowChange, RowChange, RowChange>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    public static final String UID = "cdc.sweep";

    /** The version of a job that goes on without a snapshot of its own: below all others, so that none is swept. */
    public static final long NOTHING = -1;

    private static final TypeInformation<byte[]> BYTES = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    private static final long MENTIONED = Long.MAX_VALUE;
    private static final long DELETED = Long.MAX_VALUE - 1;

    private long version;
    private final SourceBlock block;
    private transient ValueState<Long> published;
    private transient Counter readAgain;
    private final HashMap<String, RowSchema> schemas = new HashMap<>();
    private transient @Nullable ListState<Tuple3<String, byte[], byte[]>> savedSchemas;
    private transient @Nullable ListState<Long> savedVersion;

    /**
     * Makes the function.
     *
     * @param version of the snapshot's rows, unless the job is restored; or {@link #NOTHING}
     * @param block writes where a deletion happened
     */
    @SuppressWarnings("NullAway.Init") // Flink calls open before the first change
    public Sweep(long version, SourceBlock block) {
        this.version = version;
        this.block = block;
    }

    @Override
    public void open(OpenContext context) {
        published = getRuntimeContext().getState(new ValueStateDescriptor<>("published-version", Types.LONG));
        readAgain = getRuntimeContext()
                .getMetricGroup()
                .addGroup(MetricNames.ROOT)
                .addGroup(MetricNames.REASON, "read-again")
                .counter(MetricNames.SKIPPED.name());
    }

    /**
     * A key may be handled by another subtask after a restore: each gets the schemas of all. The version stays that of
     * the snapshot's rows, however late the job goes on.
     */
    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        savedSchemas = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>(
                        "schemas", new TupleTypeInfo<Tuple3<String, byte[], byte[]>>(Types.STRING, BYTES, BYTES)));
        for (Tuple3<String, byte[], byte[]> saved : savedSchemas.get()) {
            schemas.put(saved.f0, new RowSchema(saved.f1, saved.f2));
        }
        savedVersion = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("snapshot-version", Types.LONG));
        for (Long saved : savedVersion.get()) {
            version = saved;
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        if (savedSchemas != null && savedVersion != null) {
            savedVersion.update(List.of(version));
            savedSchemas.clear();
            for (Map.Entry<String, RowSchema> schema : schemas.entrySet()) {
                savedSchemas.add(Tuple3.of(
                        schema.getKey(),
                        schema.getValue().key(),
                        schema.getValue().value()));
            }
        }
    }

    @Override
    public void processElement1(RowChange change, Context context, Collector<RowChange> out) throws Exception {
        if (change.operation() == Operation.TRUNCATE) {
            out.collect(change);
            return;
        }
        if (change.operation() == Operation.READ && change.version() == version && isMentioned()) {
            readAgain.inc();
            return;
        }
        note(change, MENTIONED, context);
        out.collect(change);
    }

    @Override
    public void processElement2(RowChange held, Context context, Collector<RowChange> out) throws Exception {
        if (!isMentioned()) {
            note(held, held.isDelete() ? DELETED : held.version(), context);
        }
    }

    private boolean isMentioned() throws IOException {
        Long known = published.value();
        return known != null && known == MENTIONED;
    }

    private void note(RowChange change, long what, Context context) throws Exception {
        if (context.timerService().currentWatermark() < SnapshotEnd.SWEEP) {
            RowSchema schema = change.schema();
            if (schema != null && schema.value().length > 0) {
                schemas.put(change.table(), schema);
            }
            published.update(what);
            context.timerService().registerEventTimeTimer(SnapshotEnd.SWEEP);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<RowChange> out) throws Exception {
        Long held = published.value();
        published.clear();
        if (held != null && held < version) {
            out.collect(delete(context.getCurrentKey()));
        }
    }

    private RowChange delete(String rowKey) {
        int space = rowKey.indexOf(" {");
        String table = rowKey.substring(0, space);
        byte[] key = rowKey.substring(space + 1).getBytes(StandardCharsets.UTF_8);
        long lsn = Version.position(version);
        SourcePosition position = new SourcePosition(lsn, 0, 0, true, block.at(table, lsn));
        return new RowChange(table, Operation.DELETE, version, key, null, null, schemas.get(table), position, null);
    }
}
