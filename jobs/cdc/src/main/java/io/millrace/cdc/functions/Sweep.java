package io.millrace.cdc.functions;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.replay.Version;
import io.millrace.common.source.postgres.SourceBlock;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Deletes the rows that vanished while nobody listened: after a snapshot, every key which the topics hold, and which
 * neither the snapshot nor the stream mentioned, is deleted with the version of the snapshot.
 *
 * <p>The first input has the captured changes, the second what the topics held when the job started. Event time
 * reaches {@link SnapshotEnd#SWEEP} when the snapshot is through, and the topics have been read to that end. State: one
 * number for each key until then, nothing afterwards.
 */
public final class Sweep extends KeyedCoProcessFunction<String, RowChange, RowChange, RowChange> {

    private static final long serialVersionUID = 1L;

    public static final String UID = "cdc.sweep";

    private static final long MENTIONED = Long.MAX_VALUE;
    private static final long DELETED = Long.MAX_VALUE - 1;

    private final long version;
    private final SourceBlock block;
    private transient ValueState<Long> published;
    private transient Map<String, RowSchema> schemas;

    /**
     * Makes the function.
     *
     * @param version of the snapshot's rows
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
        schemas = new HashMap<>();
    }

    @Override
    public void processElement1(RowChange change, Context context, Collector<RowChange> out) throws Exception {
        note(change, MENTIONED, context);
        out.collect(change);
    }

    @Override
    public void processElement2(RowChange held, Context context, Collector<RowChange> out) throws Exception {
        Long known = published.value();
        if (known == null || known != MENTIONED) {
            note(held, held.isDelete() ? DELETED : held.version(), context);
        }
    }

    private void note(RowChange change, long what, Context context) throws Exception {
        if (context.timerService().currentWatermark() < SnapshotEnd.SWEEP) {
            if (change.schema() != null) {
                schemas.put(change.table(), change.schema());
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
