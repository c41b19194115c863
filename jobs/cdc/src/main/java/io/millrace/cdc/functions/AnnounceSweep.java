package io.millrace.cdc.functions;

import io.millrace.common.event.RowChange;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Lets changes through, and says once, when event time reaches {@link SnapshotEnd#SWEEP} and the snapshot is through,
 * that every row of each table whose version is below that of the snapshot's rows is gone. The targets find these rows.
 *
 * <p>The first subtask says it. State: the version of the snapshot that was begun, and whether it was said: a sweep
 * that was said is in the same checkpoint, on its way or with the targets.
 */
public final class AnnounceSweep extends AbstractStreamOperator<RowChange>
        implements OneInputStreamOperator<RowChange, RowChange> {

    private static final long serialVersionUID = 1L;

    public static final String UID = "cdc.announce-sweep";

    private final List<String> tables;
    private long version;
    private boolean said;
    private transient @Nullable ListState<Tuple2<Long, Boolean>> saved;

    /**
     * Makes the operator.
     *
     * @param tables schema and name of those whose rows are in targets that sweep
     * @param version of the snapshot's rows, unless the job is restored
     * @param fresh whether the job starts with a snapshot: one that goes on without this operator's state must not
     *     sweep by the version of a snapshot that it never takes
     */
    public AnnounceSweep(List<String> tables, long version, boolean fresh) {
        this.tables = List.copyOf(tables);
        this.version = version;
        this.said = !fresh;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        saved = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("sweep", Types.TUPLE(Types.LONG, Types.BOOLEAN)));
        for (Tuple2<Long, Boolean> before : saved.get()) {
            version = before.f0;
            said = before.f1;
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (saved != null) {
            saved.update(isFirst() ? List.of(Tuple2.of(version, said)) : List.of());
        }
    }

    @Override
    public void processElement(StreamRecord<RowChange> change) {
        output.collect(change);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (!said && isFirst() && mark.getTimestamp() >= SnapshotEnd.SWEEP) {
            said = true;
            tables.forEach(table -> output.collect(new StreamRecord<>(RowChange.sweep(table, version))));
        }
        super.processWatermark(mark);
    }

    private boolean isFirst() {
        return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    }
}
